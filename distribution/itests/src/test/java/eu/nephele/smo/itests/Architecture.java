// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The architecture as data: read from the manifests, components and features that the build has made. */
final class Architecture {

    private static final String HEAD = """
            # Written from manifests, components and features by the test of distribution/itests:
            #   mvn -pl distribution/itests -am verify -Dtest=ArchitectureTest -DskipITs -Dsmo.architecture.write=true
            """;

    /**
     * A component of Declarative Services.
     *
     * @param name its class
     * @param provides interfaces of its service
     * @param needs interfaces of its references
     * @param configuration PIDs that configure it
     */
    private record Component(String name, Set<String> provides, Set<String> needs, Set<String> configuration) {}

    private final Map<String, BundleFolder> bundles = new TreeMap<>();
    private final Map<String, List<Component>> components = new TreeMap<>();
    private final Map<String, Set<String>> features = new TreeMap<>();

    Architecture() throws IOException {
        for (BundleFolder bundle : BundleFolder.all()) {
            bundles.put(bundle.folder(), bundle);
            components.put(bundle.folder(), components(BundleFolder.BUNDLES.resolve(bundle.folder())));
        }
        readFeatures();
    }

    private static List<Component> components(Path bundle) throws IOException {
        Path folder = bundle.resolve("target/classes/OSGI-INF");
        List<Component> components = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".xml"))
                        .sorted()
                        .toList()) {
                    Element root = parse(file).getDocumentElement();
                    if (root.getNodeName().endsWith(":component")) {
                        components.add(component(root));
                    }
                }
            }
        }
        return components;
    }

    private static Component component(Element root) {
        String pids = root.getAttribute("configuration-pid");
        return new Component(
                root.getAttribute("name"),
                attributes(root.getElementsByTagName("provide")),
                attributes(root.getElementsByTagName("reference")),
                pids.isEmpty() ? Set.of() : new TreeSet<>(Set.of(pids.split(" "))));
    }

    private static Set<String> attributes(NodeList elements) {
        Set<String> interfaces = new TreeSet<>();
        for (int i = 0; i < elements.getLength(); i++) {
            interfaces.add(((Element) elements.item(i)).getAttribute("interface"));
        }
        return interfaces;
    }

    private static Document parse(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException(file.toString(), unreadable);
        }
    }

    private void readFeatures() throws IOException {
        try (Stream<Path> files = Files.list(BundleFolder.BUNDLES.resolveSibling("features"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String feature = file.getFileName().toString().replace(".json", "");
                for (JsonNode bundle :
                        new ObjectMapper().readTree(file.toFile()).path("bundles")) {
                    String artifact = bundle.path("id").asText();
                    bundles.keySet().stream()
                            .filter(folder ->
                                    artifact.startsWith("eu.nephele.smo:smo-" + folder.replace('/', '-') + ":"))
                            .forEach(folder -> features.computeIfAbsent(folder, any -> new TreeSet<>())
                                    .add(feature));
                }
            }
        }
    }

    /** {@code components.yaml}: each bundle with its features, exported packages and components. */
    String componentsYaml() {
        StringBuilder yaml = new StringBuilder(HEAD).append("bundles:\n");
        bundles.forEach((folder, bundle) -> {
            yaml.append("  %s:\n".formatted(folder));
            list(yaml, "    ", "features", features.getOrDefault(folder, Set.of()));
            list(yaml, "    ", "exports", new TreeSet<>(bundle.exports()));
            if (!components.get(folder).isEmpty()) {
                yaml.append("    components:\n");
                components.get(folder).forEach(component -> {
                    yaml.append("      %s:%s\n"
                            .formatted(
                                    component.name(),
                                    component.provides().isEmpty()
                                                    && component.needs().isEmpty()
                                                    && component.configuration().isEmpty()
                                            ? " {}"
                                            : ""));
                    list(yaml, "        ", "provides", component.provides());
                    list(yaml, "        ", "needs", component.needs());
                    list(yaml, "        ", "configuration", component.configuration());
                });
            }
        });
        return yaml.toString();
    }

    private static void list(StringBuilder yaml, String indent, String key, Set<String> values) {
        if (!values.isEmpty()) {
            yaml.append(indent).append(key).append(":\n");
            values.forEach(
                    value -> yaml.append(indent).append("  - ").append(value).append('\n'));
        }
    }

    /** {@code dependencies.yaml}: of each bundle those whose packages it imports and those whose components it asks. */
    String dependenciesYaml() {
        StringBuilder yaml = new StringBuilder(HEAD).append("bundles:\n");
        bundles.keySet().forEach(folder -> {
            Set<String> packages = packageProviders(folder);
            Set<String> services = serviceProviders(folder);
            yaml.append("  %s:%s\n".formatted(folder, packages.isEmpty() && services.isEmpty() ? " {}" : ""));
            list(yaml, "    ", "packages", packages);
            list(yaml, "    ", "services", services);
        });
        return yaml.toString();
    }

    private Set<String> packageProviders(String folder) {
        Set<String> providers = new TreeSet<>();
        bundles.forEach((other, bundle) -> {
            if (!other.equals(folder)
                    && bundle.exports().stream().anyMatch(bundles.get(folder).imports()::contains)) {
                providers.add(other);
            }
        });
        return providers;
    }

    private Set<String> serviceProviders(String folder) {
        Set<String> needs = new TreeSet<>();
        components.get(folder).forEach(component -> needs.addAll(component.needs()));
        Set<String> providers = new TreeSet<>();
        components.forEach((other, all) -> {
            if (!other.equals(folder)
                    && all.stream()
                            .flatMap(component -> component.provides().stream())
                            .anyMatch(needs::contains)) {
                providers.add(other);
            }
        });
        return providers;
    }

    /** The picture: groups of bundles, and which group asks components of which. Everything imports {@code api}. */
    String picture() {
        Map<String, Set<String>> groups = new TreeMap<>();
        Set<String> arrows = new TreeSet<>();
        bundles.values().forEach(bundle -> {
            String group = bundle.group();
            groups.computeIfAbsent(group, any -> new TreeSet<>())
                    .add(bundle.folder().replaceFirst("^[^/]*/", ""));
            serviceProviders(bundle.folder()).stream()
                    .map(other -> bundles.get(other).group())
                    .filter(other -> !other.equals(group))
                    .forEach(other -> arrows.add("  %s --> %s\n".formatted(group, other)));
        });
        StringBuilder picture = new StringBuilder("```mermaid\nflowchart LR\n");
        groups.forEach((group, names) -> picture.append("  %s[\"<b>%s</b><br/>%s\"]\n"
                .formatted(group, group, names.equals(Set.of(group)) ? "the contract" : String.join("<br/>", names))));
        arrows.forEach(picture::append);
        return picture.append("```\n").toString();
    }
}
