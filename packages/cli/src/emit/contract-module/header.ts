import type { ContractDocument } from '../../contract-document';

/** The first line of every module of a built contract. */
export const toHeader = ({ title, version }: ContractDocument): string =>
  `// ${title} ${version}, built by Wirepact. Do not edit: change the contract and build it again.\n`;

/** What the type of a contract is called that is exported under a name: `Board` for `board`. */
export const toTypeOfContract = (exportName: string): string =>
  exportName.charAt(0).toUpperCase() + exportName.slice(1);
