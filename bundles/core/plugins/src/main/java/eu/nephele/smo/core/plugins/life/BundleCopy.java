// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/** Copies what is in a bundle into a file; every entry has the bytes that it had, so that a signature still holds. */
public final class BundleCopy {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private BundleCopy() {}

    /** @param limitBytes more is not copied */
    public static void write(Bundle bundle, Path to, long limitBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            long[] left = {limitBytes};
            entry(bundle, MANIFEST, zip, left);
            folder(bundle, "/", zip, left);
        }
    }

    private static void folder(Bundle bundle, String path, ZipOutputStream zip, long[] left) throws IOException {
        Enumeration<String> names = bundle.getEntryPaths(path);
        for (String name : names == null ? Collections.<String>emptyList() : Collections.list(names)) {
            if (name.endsWith("/")) {
                folder(bundle, name, zip, left);
            } else if (!name.equals(MANIFEST)) {
                entry(bundle, name, zip, left);
            }
        }
    }

    private static void entry(Bundle bundle, String name, ZipOutputStream zip, long[] left) throws IOException {
        URL url = bundle.getEntry(name);
        if (url == null) {
            return;
        }
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream in = url.openStream()) {
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left[0] -= read;
                if (left[0] < 0) {
                    throw new IOException("%s is too large".formatted(bundle.getLocation()));
                }
                zip.write(buffer, 0, read);
            }
        }
        zip.closeEntry();
    }
}
