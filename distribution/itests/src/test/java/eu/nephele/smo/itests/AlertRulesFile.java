// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The alert rules of the installation. */
final class AlertRulesFile {

    static final Path FOLDER =
            Path.of("../smo/src/main/installation/monitoring").toAbsolutePath().normalize();
    static final Path RULES = FOLDER.resolve("smo-alerts.yml");
    static final Path MANIFEST = FOLDER.resolve("smo-prometheus-rule.yaml");

    private static final Pattern METRIC = Pattern.compile("\\b(?:smo|jvm|process|up)(?:_[a-z_]+|\\b(?=\\{))");
    private static final Pattern LABEL_LISTS = Pattern.compile("(?:by|on|without) \\([^)]*\\)|\"[^\"]*\"");

    /** @param metrics names in its expression */
    record AlertRuleEntry(String name, String expression, String severity, String runbook, List<String> metrics) {}

    private AlertRulesFile() {}

    static List<AlertRuleEntry> rules() throws IOException {
        List<AlertRuleEntry> rules = new ArrayList<>();
        JsonNode groups = new YAMLMapper().readTree(RULES.toFile()).path("groups");
        groups.forEach(group -> group.path("rules")
                .forEach(rule -> rules.add(new AlertRuleEntry(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.at("/labels/severity").asText(),
                        rule.at("/annotations/runbook_url").asText(),
                        metrics(rule.path("expr").asText())))));
        return rules;
    }

    static List<String> metrics(String expression) {
        Matcher names = METRIC.matcher(LABEL_LISTS.matcher(expression).replaceAll(""));
        List<String> found = new ArrayList<>();
        while (names.find()) {
            found.add(names.group());
        }
        return found;
    }

    /** The same rules as an object of the Prometheus operator. */
    static String manifest(String rules) {
        return """
                # Alert rules for the SMO itself, for the Prometheus operator: the content of smo-alerts.yml.
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: smo-alerts
                spec:
                """
                + rules.substring(rules.indexOf("groups:"))
                        .lines()
                        .map(line -> "  " + line)
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A copy whose alerts fire after a second, for tests that wait for them; thresholds and windows stay. */
    static void writeImpatient(Path file) throws IOException {
        Files.writeString(file, Files.readString(RULES).replaceAll("(?m)^    for: \\w+$", "    for: 1s"));
    }
}
