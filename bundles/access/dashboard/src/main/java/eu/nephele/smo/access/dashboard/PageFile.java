// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A file of the page. It is kept compressed, as nearly all browsers take it. */
final class PageFile {

    private final String type;
    private final String etag;
    private final byte[] compressed;

    private PageFile(String type, String etag, byte[] compressed) {
        this.type = type;
        this.etag = etag;
        this.compressed = compressed;
    }

    /** @param type media type */
    static PageFile create(String type, byte[] content) {
        return new PageFile(
                type, "\"%s\"".formatted(HexFormat.of().formatHex(digest(content), 0, 16)), compress(content));
    }

    String type() {
        return type;
    }

    /** Strong validator of the content. */
    String etag() {
        return etag;
    }

    /** The content in the encoding gzip. */
    byte[] compressed() {
        return compressed.clone();
    }

    byte[] content() {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return plain.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was compressed here cannot be read", impossible);
        }
    }

    /** A source of Content-Security-Policy for this content of a script. */
    static String scriptHash(byte[] content) {
        return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest(content)));
    }

    static byte[] digest(byte[] content) {
        return sha256().digest(content);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 3 + 64);
        try (GZIPOutputStream zipped = new BestCompression(bytes)) {
            zipped.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written", impossible);
        }
        return bytes.toByteArray();
    }

    /** It is done once for each file, and sent often. */
    private static final class BestCompression extends GZIPOutputStream {

        BestCompression(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
