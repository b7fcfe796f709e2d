// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A bundle of the installation with another version: the same content, as if it had been built again. */
record Rebuilt(String id, String version, Path jar) {

    private static final String VERSION = "Bundle-Version";

    /**
     * @param artifact name of the jar in the installation without its version, for example {@code smo-core-engine}
     * @param number becomes the end of the qualifier
     */
    static Rebuilt of(String artifact, int number, Path jar) throws IOException {
        return edited(artifact, number, jar, "", content -> content);
    }

    /**
     * With another content of one file.
     *
     * @param file its path in the jar
     */
    static Rebuilt edited(String artifact, int number, Path jar, String file, UnaryOperator<String> edit)
            throws IOException {
        try (JarFile original = new JarFile(original(artifact).toFile())) {
            Manifest manifest = new Manifest(original.getManifest());
            String version = manifest.getMainAttributes().getValue(VERSION) + "-u" + number;
            manifest.getMainAttributes().putValue(VERSION, version);
            try (JarOutputStream copy = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                copy(original, copy, file, edit);
            }
            String id =
                    manifest.getMainAttributes().getValue("Bundle-SymbolicName").replaceFirst(";.*", "");
            return new Rebuilt(id, version, jar);
        }
    }

    private static void copy(JarFile original, JarOutputStream copy, String file, UnaryOperator<String> edit)
            throws IOException {
        for (Enumeration<JarEntry> entries = original.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                copy.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream content = original.getInputStream(entry)) {
                    if (entry.getName().equals(file)) {
                        String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                        copy.write(edit.apply(text).getBytes(StandardCharsets.UTF_8));
                    } else {
                        content.transferTo(copy);
                    }
                }
                copy.closeEntry();
            }
        }
    }

    /** The jar in the installation. */
    static Path original(String artifact) throws IOException {
        try (Stream<Path> jars = Files.list(Distribution.HOME.resolve("bundles"))) {
            return jars.filter(file -> file.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The installation has no " + artifact));
        }
    }

    /** Its version as the server lists it. */
    String listedVersion() {
        return version.replace("-SNAPSHOT", ".SNAPSHOT");
    }

    /** Puts it under that name at once. */
    void moveTo(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.move(jar, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
