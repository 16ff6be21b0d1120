declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * True while an application is being developed, as `process.env.NODE_ENV` says, which bundlers replace. In a page
 * without a bundler there is no `process`; that counts as production.
 */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}
