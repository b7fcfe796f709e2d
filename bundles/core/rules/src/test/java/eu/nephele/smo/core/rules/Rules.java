// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.core.descriptor.schema.InstalledSchemas;
import eu.nephele.smo.core.descriptor.syntax.YamlDocuments;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class Rules {

    static final String GOLD = """
            intents:
              - name: acme.tier
                description: how good a place has to be
                scopes: [graph, service]
                value: { enum: [gold, silver] }
                rules:
                  - when: gold
                    allow: { labels: { tier: gold }, locations: [Ghent, be] }
                    replicas: { min: 2 }
                  - when: silver
                    prefer: { maxCarbonGramsPerKwh: 200, weight: 3 }
                  - weights: { price: 5 }
            """;

    private Rules() {}

    static RuleFileReader reader() {
        return new RuleFileReader(new YamlDocuments(), new InstalledSchemas());
    }

    static List<RuleIntent> read(String yaml) {
        return reader().read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
