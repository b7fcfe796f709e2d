// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.itests.AlertRulesFile.AlertRuleEntry;
import eu.nephele.smo.lab.testbed.components.Binaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alert rules are right by themselves, have thresholds as they are meant, and a runbook each. */
class AlertRulesTest {

    private static final Path DOCS =
            Path.of("../../docs/operate/runbooks").toAbsolutePath().normalize();
    private static final Path TESTS = Path.of("src/test/resources/monitoring/smo-alerts-test.yml");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    static List<AlertRuleEntry> rules() throws IOException {
        return AlertRulesFile.rules();
    }

    @Test
    void prometheusTakesTheRulesAndTheyFireAtTheirThresholds() throws Exception {
        List<String> missing = Binaries.ofThisMachine().absent(List.of("prometheus"));
        Assumptions.assumeTrue(missing.isEmpty(), missing::toString);
        Files.copy(AlertRulesFile.RULES, folder.resolve("smo-alerts.yml"));
        Files.copy(TESTS, folder.resolve("smo-alerts-test.yml"));

        assertThat(promtool("check", "rules", "smo-alerts.yml"))
                .contains("SUCCESS: %d rules found".formatted(rules().size()));
        assertThat(promtool("test", "rules", "smo-alerts-test.yml"))
                .contains("SUCCESS")
                .doesNotContain("FAILED");

        Path wrong = folder.resolve("smo-alerts.yml");
        Files.writeString(wrong, Files.readString(wrong).replace("smo_health_ready == 0", "smo_health_ready == 2"));
        assertThat(promtool("test", "rules", "smo-alerts-test.yml"))
                .as("a changed threshold is noticed")
                .contains("FAILED", "SmoNotReady");
    }

    @Test
    void eachRuleIsTestedToFireAndToBeSilent() throws IOException {
        Set<String> fires = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : new YAMLMapper().readTree(TESTS.toFile()).path("tests")) {
            for (JsonNode expected : test.path("alert_rule_test")) {
                (expected.path("exp_alerts").isEmpty() ? silent : fires)
                        .add(expected.path("alertname").asText());
            }
        }

        assertThat(fires).isEqualTo(names());
        assertThat(silent).isEqualTo(names());
    }

    @Test
    void eachRuleHasAPageAndEachPageARule() throws IOException {
        Set<String> pages;
        try (Stream<Path> files = Files.list(DOCS)) {
            pages = files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("README.md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(rules())
                .hasSizeGreaterThan(15)
                .extracting(AlertRuleEntry::name)
                .doesNotHaveDuplicates();
        Set<String> named = rules().stream().map(AlertRulesTest::page).collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(pages);
        assertThat(DOCS.resolve("README.md"))
                .content()
                .contains(pages.stream().map("(%s)"::formatted).toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleNamesItsPageAndMetricsThatAreThere(AlertRuleEntry rule) throws IOException {
        assertThat(rule.runbook()).isEqualTo("docs/operate/runbooks/" + page(rule));
        assertThat(rule.severity()).isIn("critical", "warning", "info");
        String page = Files.readString(DOCS.resolve(page(rule)));
        assertThat(page)
                .startsWith("# " + rule.name() + "\n")
                .contains(
                        "\n## What it means\n",
                        "\n## How to look\n```\n",
                        "\n## What to do\n- ",
                        "\n## When it is over\n");

        Set<String> known = new TreeSet<>(Set.of("up", "process_start_time_seconds", "jvm_memory_usage_after_gc"));
        MetricsPage.described().forEach(metric -> known.addAll(List.of(metric.name(), metric.name() + "_count")));
        assertThat(rule.metrics()).isNotEmpty().allMatch(known::contains);
    }

    @Test
    void linksOfThePagesLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        try (Stream<Path> pages = Files.list(DOCS)) {
            for (Path page : pages.toList()) {
                LINK.matcher(Files.readString(page))
                        .results()
                        .filter(link -> !leads(link))
                        .forEach(link -> dead.add(page.getFileName() + ": " + link.group()));
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void theObjectForTheOperatorHasTheSameRules() throws IOException {
        assertThat(AlertRulesFile.MANIFEST).hasContent(AlertRulesFile.manifest(Files.readString(AlertRulesFile.RULES)));
    }

    private static boolean leads(MatchResult link) {
        Path target = DOCS.resolve(link.group(1)).normalize();
        return Files.exists(target)
                && (link.group(2) == null || headings(target).contains(link.group(2)));
    }

    private static Set<String> headings(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> names() throws IOException {
        return rules().stream().map(AlertRuleEntry::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page(AlertRuleEntry rule) {
        return rule.name().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT) + ".md";
    }

    private String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
