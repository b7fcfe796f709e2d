// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

/**
 * An archive that was read to its end and is whole.
 *
 * @param bytes of the archive
 */
public record ArchiveSummary(ArchiveHeader header, ArchiveManifest manifest, long bytes) {}
