// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.JsonValue;
import java.nio.charset.StandardCharsets;

/** Limit of the values of all charts of one graph together: they are stored and sent with every change of it. */
final class ValuesLimit {

    private final DescriptorServices services;
    private final int maxBytes;
    private final ValidationFindings findings;

    ValuesLimit(DescriptorServices services, int maxBytes, ValidationFindings findings) {
        this.services = services;
        this.maxBytes = maxBytes;
        this.findings = findings;
    }

    void check() {
        long sum = 0;
        for (int i = 0; i < services.all().size(); i++) {
            long own = bytes(services.all().get(i).child("artifact").json("valuesOverwrite"));
            if (sum <= maxBytes && sum + own > maxBytes) {
                findings.violation(
                        DescriptorPointers.service(i) + "/artifact/valuesOverwrite",
                        "with this the values of the graph are %d bytes of JSON, at most %d are accepted (maxValuesBytes)"
                                .formatted(sum + own, maxBytes));
            }
            sum += own;
        }
    }

    private static long bytes(JsonValue values) {
        return values.toJson().getBytes(StandardCharsets.UTF_8).length;
    }
}
