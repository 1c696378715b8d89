/** The recovery code of the invented shop. */
export const RECOVERY_CODE = 'K7QF-2M9D-XW4T-8HRB-J3NC-6VPE-0Y';
