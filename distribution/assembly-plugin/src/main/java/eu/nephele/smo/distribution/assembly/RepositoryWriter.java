// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import eu.nephele.smo.distribution.assembly.RepositoryTarget.RepositoryPart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a folder in the layout of a Maven repository. Each snapshot gets a build number made of its content, by which
 * Maven detects other versions of artifacts that it has cached: two builds of the same sources write the same.
 */
final class RepositoryWriter {

    private static final int BUILD_DIGITS = 7;
    private static final int HEXADECIMAL = 16;
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final RepositoryPart POM = new RepositoryPart("", "pom");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss").withZone(ZoneOffset.UTC);

    private final Path repository;
    private final Instant built;

    /** @param built the time of all outputs of the build */
    RepositoryWriter(Path repository, Instant built) {
        this.repository = repository;
        this.built = built;
    }

    /** Removes the files of an earlier build. */
    void empty() throws IOException {
        if (Files.exists(repository)) {
            try (Stream<Path> old = Files.walk(repository)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /**
     * A jar with its pom.
     *
     * @param attached further jars of it by classifier: {@code sources}
     */
    void writeJar(Coordinates coordinates, Path jar, Map<String, Path> attached, String pom) throws IOException {
        Map<RepositoryPart, byte[]> files = new LinkedHashMap<>();
        files.put(new RepositoryPart("", "jar"), Files.readAllBytes(jar));
        files.put(POM, pom.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, Path> each : attached.entrySet()) {
            files.put(new RepositoryPart(each.getKey(), "jar"), Files.readAllBytes(each.getValue()));
        }
        write(target(coordinates, files), files);
    }

    /**
     * Copies a pom unchanged.
     *
     * @throws AssemblyException when it has a parent, which does not exist outside this build
     */
    void writePom(Coordinates coordinates, Path pom) throws IOException {
        if (Files.readString(pom).contains("<parent>")) {
            throw new AssemblyException(
                    "%s has a parent; a pom of the repository must stand by itself".formatted(coordinates));
        }
        Map<RepositoryPart, byte[]> files = Map.of(POM, Files.readAllBytes(pom));
        write(target(coordinates, files), files);
    }

    private RepositoryTarget target(Coordinates coordinates, Map<RepositoryPart, byte[]> files) throws IOException {
        Path folder = Files.createDirectories(repository
                .resolve(coordinates.group().replace('.', '/'))
                .resolve(coordinates.artifact())
                .resolve(coordinates.version()));
        String time = TIME.format(built);
        String version = coordinates.version();
        int build = buildNumber(files);
        String inNames = version.endsWith(SNAPSHOT)
                ? version.substring(0, version.length() - SNAPSHOT.length()) + "-" + time + "-" + build
                : version;
        return new RepositoryTarget(coordinates, folder, inNames, time, build);
    }

    /** Never 0, and the same for the same content. */
    private static int buildNumber(Map<RepositoryPart, byte[]> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] content : files.values()) {
            all.write(content);
        }
        String digest = Digests.sha256(new ByteArrayInputStream(all.toByteArray()));
        return Integer.parseInt(digest.substring(0, BUILD_DIGITS), HEXADECIMAL) + 1;
    }

    private static void write(RepositoryTarget target, Map<RepositoryPart, byte[]> files) throws IOException {
        for (Map.Entry<RepositoryPart, byte[]> file : files.entrySet()) {
            write(target.file(file.getKey()), file.getValue());
        }
        writeMetadata(target, files.keySet());
    }

    private static void writeMetadata(RepositoryTarget target, Collection<RepositoryPart> parts) throws IOException {
        Coordinates of = target.coordinates();
        if (!of.version().endsWith(SNAPSHOT)) {
            return;
        }
        String updated = target.time().replace(".", "");
        StringBuilder metadata = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<metadata modelVersion=\"1.1.0\">\n")
                .append("  <groupId>%s</groupId>\n  <artifactId>%s</artifactId>\n".formatted(of.group(), of.artifact()))
                .append("  <version>%s</version>\n  <versioning>\n    <snapshot>\n".formatted(of.version()))
                .append("      <timestamp>%s</timestamp>\n".formatted(target.time()))
                .append("      <buildNumber>%d</buildNumber>\n    </snapshot>\n".formatted(target.build()))
                .append("    <lastUpdated>%s</lastUpdated>\n    <snapshotVersions>\n".formatted(updated));
        parts.forEach(part -> metadata.append("      <snapshotVersion>\n")
                .append(
                        part.classifier().isEmpty()
                                ? ""
                                : "        <classifier>%s</classifier>\n".formatted(part.classifier()))
                .append("        <extension>%s</extension>\n".formatted(part.extension()))
                .append("        <value>%s</value>\n".formatted(target.version()))
                .append("        <updated>%s</updated>\n      </snapshotVersion>\n".formatted(updated)));
        metadata.append("    </snapshotVersions>\n  </versioning>\n</metadata>\n");
        write(target.folder().resolve("maven-metadata.xml"), metadata.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), sha1(content));
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-1 is not available", impossible);
        }
    }
}
