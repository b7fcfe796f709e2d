// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DocumentReader;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Reads YAML that is no descriptor. */
@Component
public final class YamlDocuments implements DocumentReader {

    private static final BodyLimits LIMITS = new BodyLimits(1 << 20, 50, 100_000, Integer.MAX_VALUE);

    @Override
    public JsonObject read(byte[] utf8) {
        if (utf8.length > LIMITS.bodyBytes()) {
            throw SmoException.tooLarge(
                    "The document has %d bytes, the limit is %d".formatted(utf8.length, LIMITS.bodyBytes()));
        }
        JsonNode tree = YamlTree.read(Utf8Decoder.decode(utf8), LIMITS);
        if (tree instanceof ObjectNode object) {
            return StrictJson.object(object);
        }
        throw SmoException.invalid("Not an object", List.of(new Violation("", "an object is expected")));
    }
}
