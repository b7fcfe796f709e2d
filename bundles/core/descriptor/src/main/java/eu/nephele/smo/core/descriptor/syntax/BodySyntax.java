// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.LintReport.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Reads request bodies. */
public final class BodySyntax {

    private final BodyLimits limits;

    public BodySyntax(BodyLimits limits) {
        this.limits = limits;
    }

    /**
     * @throws SmoException {@code INVALID} when the body is not one JSON or YAML document that holds an object; {@code TOO_LARGE}
     */
    public ObjectNode read(byte[] body, Format format) {
        if (body.length > limits.bodyBytes()) {
            throw SmoException.tooLarge(
                    "The body has %d bytes, the limit is %d".formatted(body.length, limits.bodyBytes()));
        }
        String text = Utf8Decoder.decode(body);
        JsonNode tree = format == Format.JSON ? JsonTree.read(text, limits) : YamlTree.read(text, limits);
        if (tree.isMissingNode()) {
            throw notAnObject("the body is empty");
        }
        if (tree instanceof ObjectNode object) {
            checkServices(object);
            return object;
        }
        throw notAnObject("found " + tree.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    /** Finds the places of errors in the text of a body that was read before. */
    public List<Finding> locate(byte[] body, Format format, List<Violation> violations) {
        SourcePositions positions = new SourcePositions();
        violations.forEach(positions::want);
        // what cannot be read at all says where, and may be deeper than anybody may read
        if (violations.stream().allMatch(SourcePositions::isTold)) {
            return violations.stream().map(positions::finding).toList();
        }
        try {
            String text = Utf8Decoder.decode(body);
            if (format == Format.JSON) {
                JsonTree.walk(text, positions);
            } else {
                YamlTree.walk(text, limits, positions);
            }
        } catch (SmoException unreadable) {
            // up to there the places are known, and what is wrong there is what is reported
        }
        return violations.stream()
                .map(positions::finding)
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }

    private void checkServices(ObjectNode body) {
        int services = body.path("hdaGraph").path("services").size();
        if (services > limits.services()) {
            throw SmoException.tooLarge(
                    "The graph has %d services, the limit is %d".formatted(services, limits.services()));
        }
    }

    private static SmoException notAnObject(String found) {
        String message = "an object with `hdaGraph` or `artifact` is expected, " + found;
        return SmoException.invalid("Not a descriptor: " + message, List.of(new Violation("", message)));
    }
}
