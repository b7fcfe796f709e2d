// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import eu.nephele.smo.pools.containers.file.TextOrSecret.PlainText;
import eu.nephele.smo.pools.containers.source.SourceTree;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Values that may be secret, and what is mounted. */
final class EnvironmentRules {

    private static final String WHOLE =
            "a variable is the whole value, as ${NAME}: a secret does not become part of a text; $${ stands for ${";

    private final FileFindings findings;

    EnvironmentRules(FileFindings findings) {
        this.findings = findings;
    }

    void check(String place, JsonNode service) {
        JsonNode environment = service.path("environment");
        if (environment.isObject()) {
            environment.properties().forEach(entry -> {
                String pointer = SourceTree.member(place + "/environment", entry.getKey());
                checkValue(pointer, entry.getKey(), entry.getValue().asText());
            });
        } else {
            checkList(place + "/environment", environment);
        }
        checkTargets(place + "/volumes", service.path("volumes"));
    }

    void checkPassword(JsonNode password) {
        if (password.isTextual()) {
            checkValue("/monitoring/grafana/admin_password", "admin_password", password.textValue());
        }
    }

    private void checkList(String place, JsonNode entries) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i).asText();
            int equal = entry.indexOf('=');
            if (equal > 0) {
                String name = entry.substring(0, equal);
                checkValue(place + "/" + i, name, entry.substring(equal + 1));
                if (!names.add(name)) {
                    findings.error(place + "/" + i, "each name once; %s is there already".formatted(name));
                }
            }
        }
    }

    private void checkValue(String pointer, String name, String written) {
        Optional<TextOrSecret> value = TextOrSecret.parse(written);
        if (value.isEmpty()) {
            findings.error(pointer, WHOLE);
        } else if (value.get() instanceof PlainText text
                && !text.text().isEmpty()
                && FileFindings.saysSecret(name)) {
            findings.warning(pointer, "%s looks like a secret in clear; better ${NAME}".formatted(name));
        }
    }

    private void checkTargets(String place, JsonNode volumes) {
        Set<String> targets = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            String[] ends = volumes.get(i).asText().split(":", -1);
            if (ends.length > 1 && !targets.add(ends[1])) {
                findings.error(place + "/" + i, "each target once; %s is there already".formatted(ends[1]));
            }
        }
    }
}
