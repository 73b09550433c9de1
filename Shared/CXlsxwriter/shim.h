#pragma once
#include <xlsxwriter.h>

/// Options in a structure are set here: its fields are the library's own affair.
static inline lxw_workbook *tributary_workbook(const char *path) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    return workbook_new_opt(path, &options);
}
