// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.plugins.settings.PluginSettings.UnpackLimits;

/** Counts what a file comes to when it is unpacked; those inside it count along. */
final class UnpackedSize {

    private static final long FREE_BYTES = 1L << 20;

    private final UnpackLimits limits;
    private final long fileBytes;
    private long entries;
    private long bytes;

    UnpackedSize(UnpackLimits limits, long fileBytes) {
        this.limits = limits;
        this.fileBytes = fileBytes;
    }

    void entries(int more) throws AdmissionException {
        entries += more;
        if (entries > limits.entries()) {
            throw new AdmissionException(
                    "archive", "has more than %d entries, the limit of maxEntries".formatted(limits.entries()));
        }
    }

    void bytes(long more) throws AdmissionException {
        bytes += more;
        if (bytes > limits.unpackedBytes()) {
            throw new AdmissionException(
                    "archive",
                    "is larger than %d MiB when unpacked, the limit of maxUnpackedMiB"
                            .formatted(limits.unpackedBytes() >> 20));
        }
        if (bytes > FREE_BYTES && bytes > fileBytes * limits.ratio()) {
            throw new AdmissionException(
                    "archive", "unpacks to more than %d times its size, as a zip bomb does".formatted(limits.ratio()));
        }
    }
}
