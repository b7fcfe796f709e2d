// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.osgi.framework.FrameworkUtil;

/** Properties in the typed format of configuration files ({@code .config}), written and read by the same library. */
final class TypedText {

    private TypedText() {}

    static String render(Map<String, Object> properties) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ConfigurationHandler.write(text, FrameworkUtil.asDictionary(new TreeMap<>(properties)));
        return text.toString(StandardCharsets.UTF_8);
    }

    static Map<String, Object> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IOException when the text is not in that format, or cannot be read */
    static Map<String, Object> read(InputStream in) throws IOException {
        Map<String, Object> values = new TreeMap<>();
        Dictionary<?, ?> typed = typed(in);
        typed.keys().asIterator().forEachRemaining(key -> values.put(key.toString(), typed.get(key)));
        return values;
    }

    /** The library does not check numbers before it converts them. */
    private static Dictionary<?, ?> typed(InputStream in) throws IOException {
        try {
            return ConfigurationHandler.read(in);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("a value is not of the type that is given: " + malformed.getMessage(), malformed);
        }
    }
}
