// SPDX-License-Identifier: Apache-2.0
/** Tables as rows of an archive: read in one snapshot, and filled again, by JDBC alone. */
package eu.nephele.smo.core.store.backup;
