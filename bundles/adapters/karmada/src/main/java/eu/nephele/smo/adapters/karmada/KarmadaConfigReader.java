// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.adapters.karmada.contexts.ContextClusters.ContextSettings;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads configurations; an invalid value is an {@link IllegalArgumentException} that names the key. */
final class KarmadaConfigReader {

    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?";
    private static final String REFERENCE = "[a-z]+:\\S+";

    private KarmadaConfigReader() {}

    /** The part of a PID behind ~. */
    static String source(Map<String, Object> properties, String otherwise) {
        String pid = String.valueOf(properties.getOrDefault("service.pid", ""));
        int tilde = pid.indexOf('~');
        String source = tilde < 0 ? otherwise : pid.substring(tilde + 1);
        if (!source.matches(NAME)) {
            throw wrong("service.pid", pid, "the name of a source behind ~: letters, digits, dots, dashes");
        }
        return source;
    }

    static LinkSettings link(KarmadaConfig config, String source) {
        String kubeconfig = reference("kubeconfig", config.kubeconfig());
        boolean vault = kubeconfig.startsWith("vault:");
        if (kubeconfig.indexOf('#') >= 0 && !(vault && kubeconfig.indexOf('#') == kubeconfig.lastIndexOf('#'))) {
            throw wrong("kubeconfig", kubeconfig, "a reference without #; the context has its own key");
        }
        String connection = config.context().isBlank() ? kubeconfig : kubeconfig + "#" + config.context();
        return new LinkSettings(
                source,
                connection,
                millis("connectTimeoutMillis", config.connectTimeoutMillis()),
                millis("timeoutMillis", config.timeoutMillis()),
                kibibytes("maxAnswerKiB", config.maxAnswerKiB()),
                proxy(config.proxy()),
                caFile(config.caFile()));
    }

    static WatchSettings watching(KarmadaConfig config) {
        return new WatchSettings(
                Set.copyOf(entries(config.gpuResources())),
                namespaces(config.namespaces()),
                seconds("resyncSeconds", config.resyncSeconds()),
                seconds("unreachableSeconds", config.unreachableSeconds()),
                config.memberSilentSeconds() == 0
                        ? Duration.ZERO
                        : seconds("memberSilentSeconds", config.memberSilentSeconds()));
    }

    static WatchSettings watching(ContextsConfig config) {
        return new WatchSettings(
                Set.copyOf(entries(config.gpuResources())),
                namespaces(config.namespaces()),
                seconds("resyncSeconds", config.resyncSeconds()),
                seconds("unreachableSeconds", config.unreachableSeconds()));
    }

    static List<ContextSettings> sites(ContextsConfig config, String source) {
        Map<String, String> references = new LinkedHashMap<>();
        for (String line : entries(config.contexts())) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            if (!name.matches(NAME)) {
                throw wrong("contexts", line, "NAME=REFERENCE[#CONTEXT]");
            }
            if (references.put(
                            name,
                            reference("contexts", line.substring(equals + 1).strip()))
                    != null) {
                throw wrong("contexts", line, "each name once");
            }
        }
        if (references.isEmpty()) {
            throw wrong("contexts", "", "at least one NAME=REFERENCE[#CONTEXT]");
        }
        Map<String, Map<String, String>> labels = labels(config, references.keySet());
        return references.entrySet().stream()
                .map(site -> new ContextSettings(
                        site.getKey(),
                        new LinkSettings(
                                source,
                                site.getValue(),
                                millis("connectTimeoutMillis", config.connectTimeoutMillis()),
                                millis("timeoutMillis", config.timeoutMillis()),
                                kibibytes("maxAnswerKiB", config.maxAnswerKiB()),
                                proxy(config.proxy()),
                                caFile(config.caFile())),
                        labels.getOrDefault(site.getKey(), Map.of())))
                .toList();
    }

    private static Map<String, Map<String, String>> labels(ContextsConfig config, Set<String> names) {
        Map<String, Map<String, String>> labels = new TreeMap<>();
        for (String line : entries(config.labels())) {
            int colon = line.indexOf(':');
            int equals = line.indexOf('=');
            if (colon < 1 || equals < colon + 2 || !names.contains(line.substring(0, colon))) {
                throw wrong("labels", line, "NAME:KEY=VALUE with the name of a context");
            }
            labels.computeIfAbsent(line.substring(0, colon), any -> new TreeMap<>())
                    .put(line.substring(colon + 1, equals), line.substring(equals + 1));
        }
        return labels;
    }

    /** Properties files hold a list as one comma-separated text. */
    private static List<String> entries(String... values) {
        return Stream.of(values)
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
    }

    private static List<String> namespaces(String... names) {
        return entries(names).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> {
                    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
                        throw wrong("namespaces", name, "names of namespaces");
                    }
                    return name;
                })
                .distinct()
                .toList();
    }

    private static String reference(String key, String text) {
        if (!text.matches(REFERENCE)) {
            throw new IllegalArgumentException(
                    "%s=…, expected a reference of a secret, for example file:karmada.kubeconfig; the text is not shown, as it may be one"
                            .formatted(key));
        }
        return text;
    }

    private static Optional<String> proxy(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return Optional.of(text);
            }
        } catch (IllegalArgumentException noUri) {
            throw new IllegalArgumentException(
                    wrong("proxy", text, "http://HOST:PORT").getMessage(), noUri);
        }
        throw wrong("proxy", text, "http://HOST:PORT");
    }

    private static Optional<String> caFile(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!Files.isReadable(Path.of(text))) {
            throw wrong("caFile", text, "a file that can be read");
        }
        return Optional.of(text);
    }

    private static Duration millis(String key, int value) {
        return Duration.ofMillis(positive(key, value));
    }

    private static Duration seconds(String key, int value) {
        return Duration.ofSeconds(positive(key, value));
    }

    private static long kibibytes(String key, int value) {
        return (long) positive(key, value) << 10;
    }

    private static int positive(String key, int value) {
        if (value <= 0) {
            throw wrong(key, String.valueOf(value), "more than 0");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException("%s=%s, expected %s".formatted(key, value, expected));
    }
}
