// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The reference of configurations, as the metatype of the bundles has it: one section per PID. */
final class ConfigurationPage {

    private static final Pattern SECTION =
            Pattern.compile("^## `([^`]+)`\\n\\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of(
            "String", "text",
            "Integer", "whole number",
            "Long", "whole number",
            "Double", "number",
            "Boolean", "true, false");

    private ConfigurationPage() {}

    /** Sections of a page by what stands in their headings. */
    static Map<String, String> sections(String page) {
        Map<String, String> sections = new TreeMap<>();
        Matcher section = SECTION.matcher(page);
        while (section.find()) {
            sections.put(section.group(1), section.group(2).strip());
        }
        return sections;
    }

    /** What the sections have to be, of every bundle that has been compiled. */
    static Map<String, String> expected() {
        Map<String, String> sections = new TreeMap<>();
        try (Stream<Path> files = Files.find(BundleFolder.BUNDLES, 8, (path, attributes) -> path.toString()
                .contains("target/classes/OSGI-INF/metatype/"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".xml")).toList()) {
                add(sections, file);
            }
            return sections;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A page with these sections between what stands before and behind them. */
    static String with(Map<String, String> sections, String page) {
        int first = page.indexOf("## `");
        Matcher other = Pattern.compile("^## [^`]", Pattern.MULTILINE).matcher(page);
        String end = other.find() ? page.substring(other.start()) : "";
        return sections.entrySet().stream()
                .map(section -> "## `%s`\n\n%s\n\n".formatted(section.getKey(), section.getValue()))
                .collect(Collectors.joining("", page.substring(0, first), end));
    }

    private static void add(Map<String, String> sections, Path file) throws IOException {
        Document metatype = parse(file);
        String folder = BundleFolder.BUNDLES
                .relativize(file)
                .toString()
                .replace('\\', '/')
                .replaceFirst("/target/.*", "");
        for (Element designate : elements(metatype.getDocumentElement(), "Designate")) {
            String one = designate.getAttribute("pid");
            String pid = one.isEmpty() ? designate.getAttribute("factoryPid") + "~NAME" : one;
            String type = elements(designate, "Object").get(0).getAttribute("ocdref");
            elements(metatype.getDocumentElement(), "OCD").stream()
                    .filter(each -> each.getAttribute("id").equals(type))
                    .forEach(each -> sections.put(pid, section(folder, each)));
        }
    }

    private static String section(String folder, Element type) {
        StringBuilder text = new StringBuilder("[%s](../../bundles/%s/README.md). %s\n\n"
                .formatted(folder, folder, sentence(type.getAttribute("description")) + "."));
        text.append("| property | type | default | meaning |\n| --- | --- | --- | --- |\n");
        for (Element attribute : elements(type, "AD")) {
            text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            attribute.getAttribute("id"),
                            type(attribute),
                            defaults(attribute),
                            sentence(attribute.getAttribute("description")).replace("|", "\\|")));
        }
        return text.toString().strip();
    }

    /** Without its full stop. */
    private static String sentence(String description) {
        return description.replaceFirst("\\.$", "");
    }

    private static String type(Element attribute) {
        List<Element> options = elements(attribute, "Option");
        if (!options.isEmpty()) {
            return options.stream()
                    .map(option -> "`" + option.getAttribute("value") + "`")
                    .collect(Collectors.joining(", "));
        }
        String type = attribute.getAttribute("type");
        return isList(attribute) ? "list" : TYPES.getOrDefault(type, type);
    }

    private static String defaults(Element attribute) {
        String all = attribute.getAttribute("default");
        List<String> values = isList(attribute) ? values(all) : List.of(String.join(",", values(all)));
        String text = values.stream()
                .filter(value -> !value.isEmpty())
                .map(value -> "`" + value.replace("|", "\\|") + "`")
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "empty" : text;
    }

    private static boolean isList(Element attribute) {
        String cardinality = attribute.getAttribute("cardinality");
        return !cardinality.isEmpty() && !cardinality.equals("0");
    }

    /** Values between commas; a backslash stands before one that belongs to a value. */
    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                value.append(text.charAt(++i));
            } else if (c == ',') {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static Document parse(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IOException(file + " is no XML", unreadable);
        }
    }
}
