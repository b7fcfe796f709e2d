// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * One folder below {@code bundles/} that is a bundle, as its manifest describes it.
 *
 * @param folder path below {@code bundles}, with slashes
 * @param symbolicName from the manifest
 * @param imports imported packages
 * @param exports exported packages
 */
record BundleFolder(String folder, String symbolicName, List<String> imports, List<String> exports) {

    static final Path BUNDLES = Path.of("../../bundles").toAbsolutePath().normalize();

    /** The group that the room belongs to: {@code core}, {@code placement} ... */
    String group() {
        return folder.contains("/") ? folder.substring(0, folder.indexOf('/')) : folder;
    }

    /** Every room that has been compiled; plain jars are no rooms. */
    static List<BundleFolder> all() {
        try (Stream<Path> files =
                Files.find(BUNDLES, 7, (path, attributes) -> path.endsWith("target/classes/META-INF/MANIFEST.MF"))) {
            return files.sorted()
                    .map(BundleFolder::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<BundleFolder> read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            Path module = file.resolve("../../../..").normalize();
            return of(BUNDLES.relativize(module).toString().replace('\\', '/'), new Manifest(stream));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Optional<BundleFolder> of(String folder, Manifest manifest) {
        String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
        if (name == null) {
            return Optional.empty();
        }
        return Optional.of(new BundleFolder(
                folder,
                name.replaceFirst(";.*", "").strip(),
                packages(manifest, "Import-Package"),
                packages(manifest, "Export-Package")));
    }

    private static List<String> packages(Manifest manifest, String header) {
        String value = manifest.getMainAttributes().getValue(header);
        return value == null ? List.of() : Clauses.packagesOf(value);
    }
}
