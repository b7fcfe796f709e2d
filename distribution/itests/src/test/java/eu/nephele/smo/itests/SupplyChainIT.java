// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the installation says that it consists of, compared with what it does consist of. */
class SupplyChainIT {

    private static final Path HOME = Distribution.HOME;
    /** That of project.build.outputTimestamp. */
    private static final LocalDateTime BUILT = LocalDateTime.of(2026, 11, 1, 0, 0);

    private static JsonNode bill() throws IOException {
        return new JsonMapper().readTree(HOME.resolve("sbom.json").toFile());
    }

    private static void components(JsonNode of, List<JsonNode> all) {
        of.path("components").forEach(one -> {
            all.add(one);
            components(one, all);
        });
    }

    private static List<JsonNode> all() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        components(bill(), all);
        return all;
    }

    private static String sha256(InputStream in) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path jar) {
        return HOME.relativize(jar).toString().replace('\\', '/');
    }

    /** Digests by file, jars inside jars included. */
    private static Map<String, String> shipped() throws Exception {
        Map<String, String> shipped = new TreeMap<>();
        for (Path jar : jars()) {
            try (InputStream in = Files.newInputStream(jar)) {
                shipped.put(name(jar), sha256(in));
            }
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (entry.getName().endsWith(".jar")) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            shipped.put(name(jar) + "!/" + entry.getName(), sha256(in));
                        }
                    }
                }
            }
        }
        return shipped;
    }

    @Test
    void theBillHasEachJarWithItsDigestAndNoOther() throws Exception {
        Map<String, String> told = new TreeMap<>();
        for (JsonNode component : all()) {
            String file = component.at("/properties/0/value").asText("");
            if (!file.isEmpty()) {
                told.put(file, component.at("/hashes/0/content").asText());
            }
        }
        Map<String, String> shipped = shipped();
        assertThat(told).isEqualTo(shipped);
        assertThat(shipped).hasSizeGreaterThan(200);
    }

    @Test
    void versionsAreThoseOfTheFiles() throws Exception {
        for (JsonNode component : bill().path("components")) {
            String file = component.at("/properties/0/value").asText();
            if (file.startsWith("bundles/")) {
                assertThat(file)
                        .isEqualTo("bundles/%s-%s.jar"
                                .formatted(
                                        component.path("name").asText(),
                                        component.path("version").asText()));
            }
        }
    }

    /** Where a bundle of ours has classes of others, the bill says whose. */
    @Test
    void foreignClassesInOurJarsHaveAnOrigin() throws Exception {
        Map<String, JsonNode> byFile = all().stream()
                .filter(one -> one.at("/properties/0/value").isTextual())
                .collect(Collectors.toMap(one -> one.at("/properties/0/value").asText(), one -> one));
        Set<String> withForeignClasses = new TreeSet<>();
        for (Path jar : jars()) {
            JsonNode component = byFile.get(name(jar));
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                boolean foreign = component.path("group").asText().equals("eu.nephele.smo")
                        && zip.stream()
                                .map(ZipEntry::getName)
                                .anyMatch(entry -> entry.endsWith(".class") && !entry.startsWith("eu/nephele/smo/"));
                if (foreign) {
                    withForeignClasses.add(component.path("name").asText());
                    assertThat(component.path("components").size())
                            .as(name(jar))
                            .isPositive();
                }
            }
        }
        assertThat(withForeignClasses).contains("smo-lib-ojalgo", "smo-lib-cron-utils");
        assertThat(byFile.get("bundles/smo-access-rest-0.1.0-SNAPSHOT.jar")
                        .at("/components/0/name")
                        .asText())
                .as("scripts and pages")
                .isEqualTo("swagger-ui");
    }

    @Test
    void everyComponentHasAnAllowedLicenceWithItsText() throws Exception {
        JsonNode names = new JsonMapper()
                .readTree(Path.of("../smo/src/main/licences/licences.json").toFile());
        Set<String> allowed = new TreeSet<>();
        names.path("allowed").forEach(one -> allowed.add(one.asText()));
        String page = Files.readString(HOME.resolve("THIRD-PARTY.md"));
        for (JsonNode component : all()) {
            String name = component.path("name").asText();
            Set<String> licences = new TreeSet<>();
            component
                    .path("licenses")
                    .forEach(one -> licences.add(one.at("/license/id").asText("")));
            licences.retainAll(allowed);
            assertThat(licences).as(name).isNotEmpty();
            if (!component.path("group").asText().matches("eu\\.(nephele\\.smo|h3ni)")) {
                assertThat(page)
                        .contains(":%s | %s |"
                                .formatted(name, component.path("version").asText()));
            }
        }
        page.lines().filter(line -> line.contains("](")).forEach(line -> {
            for (String link : line.split("\\]\\(", -1)) {
                if (link.startsWith("licences/")) {
                    assertThat(HOME.resolve(link.substring(0, link.indexOf(')'))))
                            .exists();
                }
            }
        });
    }

    /** Else two builds of a commit would not be the same. */
    @Test
    void ourJarsHaveNoTimeButThatOfTheCommit() throws Exception {
        List<String> wrong = new ArrayList<>();
        int looked = 0;
        for (Path jar : jars()) {
            String file = jar.getFileName().toString();
            boolean ours = file.startsWith("smo-") || name(jar).startsWith("examples/");
            if (!ours) {
                continue;
            }
            looked++;
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    // bnd writes the earliest time that a zip can have, whatever the time zone
                    if (!entry.getTimeLocal().equals(BUILT)
                            && entry.getTimeLocal().getYear() != 1980) {
                        wrong.add("%s %s %s".formatted(name(jar), entry.getName(), entry.getTimeLocal()));
                    }
                }
            }
        }
        assertThat(looked).isGreaterThan(100);
        assertThat(wrong.stream().limit(10)).isEmpty();
    }
}
