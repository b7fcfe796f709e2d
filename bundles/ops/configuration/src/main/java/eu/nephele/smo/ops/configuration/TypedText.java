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

    static Map<String, Object> read(InputStream in) throws IOException {
        Map<String, Object> values = new TreeMap<>();
        Dictionary<?, ?> typed = ConfigurationHandler.read(in);
        typed.keys().asIterator().forEachRemaining(key -> values.put(key.toString(), typed.get(key)));
        return values;
    }
}
