/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of `remora doctor` that stand in files of their own. */
#ifndef CMD_DOCTOR_H
#define CMD_DOCTOR_H

void doctor_capture(void);
void doctor_sandbox(void);
void doctor_terminal(void);

#endif
