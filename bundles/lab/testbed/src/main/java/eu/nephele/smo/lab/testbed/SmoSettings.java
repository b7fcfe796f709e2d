// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Configuration by which an SMO finds this world: one file for each adapter. */
record SmoSettings(Testbed testbed) {

    private static final String ADAPTERS = "eu.nephele.smo.adapters.";

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Map<String, String>> file : files().entrySet()) {
            String text = file.getValue().entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                    .collect(Collectors.joining());
            Files.writeString(folder.resolve(file.getKey() + ".cfg"), text);
        }
    }

    private Map<String, Map<String, String>> files() {
        Map<String, Map<String, String>> files = new LinkedHashMap<>();
        files.put(ADAPTERS + "oci", Map.of("plainHttp", testbed.registry().host()));
        files.put(ADAPTERS + "prometheus~main", prometheus());
        testbed.spec()
                .alertsSecret()
                .ifPresent(secret ->
                        files.put("eu.nephele.smo.access.security", Map.of("alertsSecret", "file:" + secret)));
        switch (testbed.spec().kind()) {
            case KARMADA ->
                files.put(ADAPTERS + "karmada~karmada", Map.of("kubeconfig", reference(TestbedClusters.CONTROL_PLANE)));
            case CONTEXTS -> files.put(ADAPTERS + "karmada.contexts~edge", contexts());
            case NONE -> {
                return files;
            }
        }
        files.put(ADAPTERS + "helm", Map.of("timeoutSeconds", "60"));
        return files;
    }

    private Map<String, String> prometheus() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("url", testbed.prometheus().url().toString());
        settings.put("scrapeIntervalSeconds", "1");
        settings.put("rules", "files");
        settings.put("rulesFolder", testbed.prometheus().rules().toString());
        return settings;
    }

    private Map<String, String> contexts() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "contexts",
                testbed.spec().members().stream()
                        .map(member -> member.name() + "=" + reference(member.name()) + "#" + member.name())
                        .collect(Collectors.joining(",")));
        settings.put("unreachableSeconds", "4");
        return settings;
    }

    private String reference(String cluster) {
        return "file:" + testbed.server(cluster).kubeconfig();
    }
}
