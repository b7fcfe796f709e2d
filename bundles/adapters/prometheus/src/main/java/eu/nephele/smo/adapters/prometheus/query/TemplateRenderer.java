// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Inserts services, namespaces and windows into templates; names are escaped. */
final class TemplateRenderer {

    /** Other texts that begin with $, as in {@code label_replace}, stay unchanged. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$(services|service|namespaces|namespace|window|selector|labels)\\b");

    private static final Pattern MEANS_SOMETHING = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    private TemplateRenderer() {}

    static String forMany(
            MetricTemplate template,
            Optional<String> namespaceLabel,
            Collection<WorkloadRef> workloads,
            Duration window) {
        String services = anyOf(workloads, WorkloadRef::service);
        String namespaces = anyOf(workloads, ref -> ref.graph().project());
        String byService = "%s=~\"%s\"".formatted(template.serviceLabel(), services);
        Map<String, String> values = Map.of(
                "services", services,
                "namespaces", namespaces,
                "selector",
                        namespaceLabel
                                .map(label -> "%s,%s=~\"%s\"".formatted(byService, label, namespaces))
                                .orElse(byService),
                "labels",
                        namespaceLabel
                                .map(label -> template.serviceLabel() + ", " + label)
                                .orElse(template.serviceLabel()),
                "window", PromQlDuration.text(window));
        return substitute(template.promQl(), values);
    }

    static String forOne(String promQl, WorkloadRef workload, Duration window) {
        Map<String, String> values = Map.of(
                "service", quoted(workload.service()),
                "namespace", quoted(workload.graph().project()),
                "window", PromQlDuration.text(window));
        return substitute(promQl, values);
    }

    private static String substitute(String promQl, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(promQl)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    private static String anyOf(Collection<WorkloadRef> workloads, Function<WorkloadRef, String> name) {
        return workloads.stream()
                .map(name)
                .distinct()
                .sorted()
                .map(text -> quoted(literally(text)))
                .collect(Collectors.joining("|"));
    }

    private static String literally(String text) {
        return MEANS_SOMETHING.matcher(text).replaceAll("\\\\$0");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
