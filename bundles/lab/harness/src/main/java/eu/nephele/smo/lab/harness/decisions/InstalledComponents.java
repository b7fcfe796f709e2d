// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Manifest;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The components of the installation and of plugins, by their descriptions, created without OSGi. Immutable. */
public final class InstalledComponents {

    private static final String DESCRIPTIONS = "Service-Component";

    private final ClassLoader loader;
    private final List<Description> descriptions;

    /**
     * What a component is.
     *
     * @param implementation name of its class
     * @param interfaces names of the types that it provides
     * @param properties values by name
     */
    private record Description(String implementation, List<String> interfaces, Map<String, List<String>> properties) {

        private Description {
            interfaces = List.copyOf(interfaces);
            properties = Map.copyOf(properties);
        }

        /** The first value of the property of a component of that type; "" for others. */
        private String offers(Class<?> type, String property) {
            return interfaces.contains(type.getName())
                    ? properties.getOrDefault(property, List.of("")).get(0)
                    : "";
        }

        private Map<String, Object> asPublished() {
            Map<String, Object> published = new TreeMap<>();
            properties.forEach((name, values) -> published.put(name, values.size() == 1 ? values.get(0) : values));
            return published;
        }
    }

    /**
     * A component as it is published.
     *
     * @param properties those of the service: a text, or a list of texts
     */
    public record Published<T>(T component, Map<String, Object> properties) {

        public Published {
            properties = Map.copyOf(properties);
        }
    }

    private InstalledComponents(ClassLoader loader, List<Description> descriptions) {
        this.loader = loader;
        this.descriptions = List.copyOf(descriptions);
    }

    /**
     * Those of the class path and of some files.
     *
     * @throws IOException when a file is missing or a description cannot be read
     */
    public static InstalledComponents with(List<Path> plugins) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path plugin : plugins) {
            if (!Files.isRegularFile(plugin)) {
                throw new IOException("There is no file " + plugin);
            }
            urls.add(plugin.toUri().toURL());
        }
        // open until the program ends: strategies load classes when they are called
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), InstalledComponents.class.getClassLoader());
        List<Description> descriptions = new ArrayList<>();
        for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            for (String name : names(manifest)) {
                descriptions.add(description(new URL(manifest, "../" + name)));
            }
        }
        return new InstalledComponents(loader, descriptions);
    }

    private static List<String> names(URL manifest) throws IOException {
        try (InputStream content = manifest.openStream()) {
            String names = new Manifest(content).getMainAttributes().getValue(DESCRIPTIONS);
            return names == null
                    ? List.of()
                    : List.of(names.split("\\s*,\\s*", -1)).stream()
                            .filter(name -> !name.contains("*"))
                            .toList();
        }
    }

    private static Description description(URL url) throws IOException {
        try (InputStream content = url.openStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return description(factory.newDocumentBuilder().parse(content));
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException("%s cannot be read: %s".formatted(url, broken.getMessage()), broken);
        }
    }

    /** Documents are no values: even reading one changes it, and is not for several threads. */
    private static Description description(Document document) {
        Map<String, List<String>> properties = new TreeMap<>();
        elements(document, "property")
                .forEach(element -> properties.putIfAbsent(element.getAttribute("name"), propertyValues(element)));
        return new Description(
                elements(document, "implementation").get(0).getAttribute("class"),
                elements(document, "provide").stream()
                        .map(element -> element.getAttribute("interface"))
                        .toList(),
                properties);
    }

    /** One in an attribute, or some in lines of their own. */
    private static List<String> propertyValues(Element property) {
        return property.hasAttribute("value")
                ? List.of(property.getAttribute("value"))
                : property.getTextContent().strip().lines().map(String::strip).toList();
    }

    /** The components with a property among those that provide a type. */
    public <T> List<Published<T>> published(Class<T> type, String property) {
        return descriptions.stream()
                .filter(description -> !description.offers(type, property).isEmpty())
                .map(description ->
                        new Published<>(create(description.implementation(), type), description.asPublished()))
                .toList();
    }

    /** The component with the value of a property among those that provide a type. */
    public <T> Optional<T> find(Class<T> type, String property, String value) {
        return descriptions.stream()
                .filter(description -> value.equals(description.offers(type, property)))
                .findFirst()
                .map(description -> create(description.implementation(), type));
    }

    /** The values of a property of the components that provide a type. */
    public List<String> values(Class<?> type, String property) {
        return descriptions.stream()
                .map(description -> description.offers(type, property))
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private <T> T create(String name, Class<T> type) {
        try {
            return type.cast(ComponentFactory.create(Class.forName(name, true, loader), Map.of()));
        } catch (ClassNotFoundException missing) {
            throw new UncheckedIOException(new IOException("Class %s is missing".formatted(name), missing));
        }
    }

    private static List<Element> elements(Document description, String name) {
        NodeList nodes = description.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
