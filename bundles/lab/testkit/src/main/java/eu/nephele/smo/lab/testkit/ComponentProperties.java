// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the component description that the build generated from {@code @Component}, so that a test sees the server's view. */
final class ComponentProperties {

    private ComponentProperties() {}

    /** @return name to text, or to a list of texts; empty when the class is not a component */
    static Map<String, ?> read(Class<?> component) {
        String file = "/OSGI-INF/%s.xml".formatted(component.getName());
        try (InputStream in = component.getResourceAsStream(file)) {
            return in == null ? Map.of() : properties(in);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("%s is not a component description".formatted(file), e);
        }
    }

    private static Map<String, ?> properties(InputStream in)
            throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        NodeList elements = factory.newDocumentBuilder().parse(in).getElementsByTagName("property");
        Map<String, Object> properties = new TreeMap<>();
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            properties.put(element.getAttribute("name"), value(element));
        }
        return Collections.unmodifiableMap(properties);
    }

    /** A single value is an attribute; several are lines of text. */
    private static Object value(Element element) {
        return element.hasAttribute("value")
                ? element.getAttribute("value")
                : element.getTextContent()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }
}
