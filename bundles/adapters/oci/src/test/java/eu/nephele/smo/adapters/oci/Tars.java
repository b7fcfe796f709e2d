// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Archives in the forms of other tools, valid and invalid. */
final class Tars {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    Tars() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** As {@code hdarctl package tar} does: one folder with one file. */
    static byte[] hdag(String folder, String yaml) {
        return new Tars()
                .folder(folder)
                .file(folder + "/" + folder + ".yaml", yaml)
                .gzipped();
    }

    static byte[] chart(String name, String version) {
        return new Tars()
                .file(name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: " + version + "\n")
                .file(name + "/values.yaml", "replicas: 1\n")
                .file(name + "/templates/deployment.yaml", "kind: Deployment\n")
                .gzipped();
    }

    static String graph(String id) {
        return "hdaGraph:\n  id: " + id + "\n  version: 1.0.0\n  services: []\n";
    }

    Tars gnu() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        return this;
    }

    Tars folder(String path) {
        return entry(new TarArchiveEntry(path + "/", true), new byte[0]);
    }

    Tars file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Tars file(String path, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(1_750_000_000, 500_000_000)));
        entry.setSize(content.length);
        return entry(entry, content);
    }

    Tars link(String path, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return entry(entry, new byte[0]);
    }

    Tars special(String path, byte type) {
        return entry(new TarArchiveEntry(path, type), new byte[0]);
    }

    /** A header as GNU tar writes it before an entry whose name is longer than 100 bytes. */
    Tars longName(int length) {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        entry.setSize(length);
        return entry(entry, "n".repeat(length).getBytes(StandardCharsets.UTF_8));
    }

    byte[] plain() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    byte[] gzipped() {
        return gzip(plain());
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private Tars entry(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
