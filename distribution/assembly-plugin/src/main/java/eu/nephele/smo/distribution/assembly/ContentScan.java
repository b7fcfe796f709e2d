// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import eu.nephele.smo.distribution.assembly.ShippedFile.ContainedArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds out by their content what artifacts of others are inside a jar: as nested jars, or entry by entry. */
final class ContentScan {

    private static final Pattern POM_PROPERTIES = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
    /** Files below this size may be alike by chance. */
    private static final int TELLING_BYTES = 200;

    private ContentScan() {}

    /** Content of an entry, regardless of its name: files are moved when they are put into another jar. */
    private record EntryContent(long size, long crc) {}

    /**
     * @param candidates artifacts that it may have been made of, with their files
     * @throws AssemblyException when a nested jar is none of them
     */
    static List<ContainedArtifact> contents(Path jar, Map<Coordinates, Path> candidates) throws IOException {
        List<ContainedArtifact> found = new ArrayList<>();
        Map<String, Coordinates> digests = new LinkedHashMap<>();
        for (Map.Entry<Coordinates, Path> candidate : candidates.entrySet()) {
            digests.put(Digests.sha256(candidate.getValue()), candidate.getKey());
        }
        Set<EntryContent> loose = new HashSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".jar")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        String sha256 = Digests.sha256(in);
                        Coordinates nested = digests.get(sha256);
                        if (nested == null) {
                            throw new AssemblyException(
                                    "%s has the jar %s inside, which is none of the dependencies of its module"
                                            .formatted(jar.getFileName(), entry.getName()));
                        }
                        found.add(new ContainedArtifact(nested, entry.getName(), sha256));
                    }
                } else if (entry.getSize() >= TELLING_BYTES) {
                    loose.add(new EntryContent(entry.getSize(), entry.getCrc()));
                }
            }
        }
        for (Map.Entry<String, Coordinates> candidate : digests.entrySet()) {
            if (shares(candidates.getOrDefault(candidate.getValue(), jar), loose)) {
                found.add(new ContainedArtifact(candidate.getValue(), "", candidate.getKey()));
            }
        }
        return found;
    }

    private static boolean shares(Path candidate, Set<EntryContent> loose) throws IOException {
        try (ZipFile zip = new ZipFile(candidate.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getSize() >= TELLING_BYTES && isProgram(entry.getName()))
                    .anyMatch(entry -> loose.contains(new EntryContent(entry.getSize(), entry.getCrc())));
        }
    }

    private static boolean isProgram(String name) {
        return name.endsWith(".class") || name.endsWith(".js") || name.endsWith(".css");
    }

    /** What a jar of somebody else says of itself about artifacts that were put into it. */
    static List<ContainedArtifact> declared(Path jar, Coordinates itself) throws IOException {
        List<ContainedArtifact> found = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!POM_PROPERTIES.matcher(entry.getName()).matches()) {
                    continue;
                }
                Properties properties = new Properties();
                try (InputStream in = zip.getInputStream(entry)) {
                    properties.load(in);
                }
                Coordinates part = new Coordinates(
                        properties.getProperty("groupId", ""),
                        properties.getProperty("artifactId", ""),
                        properties.getProperty("version", ""));
                if (!part.artifact().equals(itself.artifact())
                        && !part.artifact().isEmpty()) {
                    found.add(new ContainedArtifact(part, "", ""));
                }
            }
        }
        return found;
    }
}
