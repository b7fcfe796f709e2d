// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.adapters.oci.ArtifactManifest.ManifestLayer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the files of a layer: those of an archive, compressed or not, or a single file. The content decides which:
 * tools label archives with the media type of a single file, and vice versa.
 */
final class LayerReader {

    private static final int GZIP = 0x1f8b;
    private static final int BEGINNING_BYTES = 512;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ArtifactLimits limits;

    LayerReader(ArtifactLimits limits) {
        this.limits = limits;
    }

    void read(ArtifactManifest artifact, ManifestLayer layer, Path blob, TarReader.Files files) throws IOException {
        String archive = "%s of %s".formatted(layer.title(), artifact.of());
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(blob));
                InputStream content = unpacked(packed, archive)) {
            content.mark(BEGINNING_BYTES);
            boolean tar = TarReader.isTar(content.readNBytes(BEGINNING_BYTES));
            content.reset();
            if (tar) {
                new TarReader(content, limits, archive).read(files);
            } else {
                files.file(layer.title(), content);
            }
        } catch (ZipException | EOFException damaged) {
            throw RegistryFailures.refused("%s is damaged: %s"
                    .formatted(archive, RegistryMessages.bounded(String.valueOf(damaged.getMessage()))));
        }
    }

    /** Returns the text of a file; refuses one that is too large or not UTF-8. */
    String text(String path, InputStream content, ArtifactManifest artifact) throws IOException {
        byte[] bytes = content.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limits.fileBytes() + 1));
        if (bytes.length > limits.fileBytes()) {
            throw RegistryFailures.refused("%s of %s has more than %d bytes (maxFileMiB in %s)"
                    .formatted(RegistryMessages.bounded(path), artifact.of(), limits.fileBytes(), OciSettings.PID));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException noText) {
            throw RegistryFailures.refused(
                    "%s of %s is not UTF-8 text".formatted(RegistryMessages.bounded(path), artifact.of()));
        }
    }

    private InputStream unpacked(InputStream packed, String archive) throws IOException {
        packed.mark(2);
        int magic = (packed.read() << 8) | packed.read();
        packed.reset();
        InputStream content = magic == GZIP ? new GZIPInputStream(packed) : packed;
        return new BufferedInputStream(new BoundedStream(
                content,
                limits.unpackedBytes(),
                limit -> RegistryFailures.refused("%s unpacks to more than %d bytes (maxUnpackedMiB in %s)"
                        .formatted(archive, limit, OciSettings.PID))));
    }
}
