// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Some paths of the OpenAPI document, and the components that only they use.
 *
 * @param tree an OpenAPI document without the members of the whole
 * @param servedBy the bundle that contains it; empty for our own
 */
record ContractPart(ObjectNode tree, Optional<String> servedBy) {

    static final int MAX_BYTES = 256 * 1024;

    private static final Pattern VERSION = Pattern.compile("3\\.1\\.\\d+");

    /** @throws UnfitPart when it is too large, not YAML, or of another version of OpenAPI */
    static ContractPart read(InputStream file, Optional<String> servedBy) throws UnfitPart {
        ObjectNode tree = new ContractYaml().read(text(file));
        String version = tree.path("openapi").asText();
        if (!VERSION.matcher(version).matches()) {
            throw new UnfitPart("/openapi is '%s', expected 3.1.0".formatted(version));
        }
        return new ContractPart(tree, servedBy);
    }

    private static String text(InputStream file) throws UnfitPart {
        try {
            byte[] content = file.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new UnfitPart("it has more than %d bytes".formatted(MAX_BYTES));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new UnfitPart("it is not UTF-8", other);
        } catch (IOException unreadable) {
            throw new UnfitPart("it cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
