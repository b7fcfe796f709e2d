// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Writes {@code THIRD-PARTY.md} and the texts of licences and notices, those of the artifacts themselves where they have any. */
final class LicenceFiles {

    private static final Pattern TEXT = Pattern.compile(
            "(?:META-INF/)?(?:LICEN[CS]E|NOTICE|COPYING)(?:[._-][A-Za-z0-9._-]*)?", Pattern.CASE_INSENSITIVE);
    private static final String EXPLAINED = """
            # Software of others in this product

            What is inside an installation, by its digest and file, is in `sbom.json` (CycloneDX). Of several licences that an
            artifact offers, the first allowed one is made use of. Texts that an artifact brings are in the folder with its name
            below `licences`; the other texts are in `licences/texts`.

            | artifact | version | licence | texts |
            | --- | --- | --- | --- |
            """;

    private final Path home;
    private final Path texts;
    private final LicenceNames names;

    /** @param texts folder with {@code <SPDX id>.txt} */
    LicenceFiles(Path home, Path texts, LicenceNames names) {
        this.home = home;
        this.texts = texts;
        this.names = names;
    }

    /**
     * @param licences SPDX ids by artifact
     * @param jars files of the artifacts, for those that have one
     * @throws AssemblyException when a text is missing
     */
    void write(Map<Coordinates, List<String>> licences, Map<Coordinates, Path> jars) throws IOException {
        Path folder = home.resolve("licences");
        empty(folder);
        StringBuilder page = new StringBuilder(EXPLAINED);
        Map<String, Coordinates> sorted = new TreeMap<>();
        licences.keySet().forEach(one -> sorted.put(one.toString(), one));
        for (Coordinates one : sorted.values()) {
            String chosen = names.chosen(licences.getOrDefault(one, List.of()));
            Path own = folder.resolve(one.artifact() + "-" + one.version());
            boolean brought = jars.containsKey(one) && extract(jars.getOrDefault(one, own), own);
            String text = "licences/texts/" + chosen + ".txt";
            copyText(chosen, home.resolve(text));
            page.append("| %s:%s | %s | %s | [%s](%s)%s |\n"
                    .formatted(
                            one.group(),
                            one.artifact(),
                            one.version(),
                            String.join(" or ", licences.getOrDefault(one, List.of())),
                            chosen,
                            text,
                            brought ? ", [its own](licences/%s)".formatted(own.getFileName()) : ""));
        }
        Files.write(home.resolve("THIRD-PARTY.md"), page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void copyText(String id, Path to) throws IOException {
        Path from = texts.resolve(id + ".txt");
        if (!Files.isRegularFile(from)) {
            throw new AssemblyException("The text of the licence '%s' is missing: %s".formatted(id, from));
        }
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.write(to, Files.readAllBytes(from));
    }

    private static boolean extract(Path jar, Path to) throws IOException {
        Set<String> written = new TreeSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
                    Files.createDirectories(to);
                    String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.write(to.resolve(name), in.readAllBytes());
                    }
                    written.add(name);
                }
            }
        }
        return !written.isEmpty();
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
