// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Writes the OpenAPI document of an installation that does not run, as its server would serve it without plugins. */
public final class ContractFile {

    private ContractFile() {}

    /** @param arguments the folder of the product's bundles, and the file to write */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected the folder of the bundles and the file to write");
        }
        Files.writeString(Path.of(arguments[1]), yaml(Path.of(arguments[0])));
    }

    /** @throws IllegalStateException when a part of the product does not fit */
    static String yaml(Path bundles) throws IOException {
        JoinedContract contract = new JoinedContract();
        try (Stream<Path> files = Files.list(bundles)) {
            contract.bring(files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .flatMap(file -> part(file).stream())
                    .toList());
        }
        String yaml = contract.yaml();
        List<String> warnings = contract.warnings();
        if (!warnings.isEmpty()) {
            throw new IllegalStateException(String.join("; ", warnings));
        }
        return yaml;
    }

    private static Optional<BundlePart> part(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getEntry(BundleFragmentTracker.FILE) == null) {
                return Optional.empty();
            }
            Attributes manifest = jar.getManifest().getMainAttributes();
            URL entry = URI.create("jar:%s!/%s".formatted(file.toUri(), BundleFragmentTracker.FILE))
                    .toURL();
            return Optional.of(new BundlePart(
                    manifest.getValue("Bundle-SymbolicName"), manifest.getValue("Bundle-Version"), entry, true));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), unreadable);
        }
    }
}
