// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The jars of the library bundle that this bundle is wired to, and the worker's own classes, copied out of their bundles: a
 * separate process can read files only.
 */
final class BundledProgram implements WorkerProgram {

    private static final String LIBRARY = "eu.nephele.smo.library";
    private static final String CLASSES = "/" + Frame.class.getPackageName().replace('.', '/');

    private final Bundle bundle;

    BundledProgram(Bundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public String classPath(Path folder) throws IOException {
        Bundle library = library();
        // each change of either bundle gets its own folder: open files of a running worker are never overwritten
        Path version = folder.resolve("program-%d-%d".formatted(library.getLastModified(), bundle.getLastModified()));
        List<Path> entries = new ArrayList<>();
        entries.add(version.resolve("classes"));
        for (URL jar : entries(library, "/lib", "*.jar")) {
            entries.add(copy(jar, version.resolve(name(jar))));
        }
        for (URL type : entries(bundle, CLASSES, "*.class")) {
            copy(type, version.resolve("classes" + CLASSES).resolve(name(type)));
        }
        return String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    private Bundle library() throws IOException {
        List<BundleWire> wires = bundle.adapt(BundleWiring.class).getRequiredWires(LIBRARY);
        if (wires.isEmpty()) {
            throw new IOException("No library bundle of Helm is wired to " + bundle.getSymbolicName());
        }
        return wires.get(0).getProvider().getBundle();
    }

    private static List<URL> entries(Bundle from, String folder, String pattern) throws IOException {
        Enumeration<URL> found = from.findEntries(folder, pattern, false);
        if (found == null || !found.hasMoreElements()) {
            throw new IOException("%s has no %s in %s".formatted(from.getSymbolicName(), pattern, folder));
        }
        return Collections.list(found);
    }

    private static String name(URL entry) {
        return entry.getPath().substring(entry.getPath().lastIndexOf('/') + 1);
    }

    /** Copies under another name first, so that an interrupted copy is not taken for the file. */
    private static Path copy(URL entry, Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try (InputStream in = entry.openStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
