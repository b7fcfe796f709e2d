// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.plugins.admission.PluginFile.DeclaredServices;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads which services the declared components of a bundle provide. Finds at least as many as the framework does. */
final class ComponentFiles {

    private final JarFile jar;
    private final List<String> entries;

    /** @param entries names of its entries, those of the jars on its own class path included */
    ComponentFiles(JarFile jar, List<String> entries) {
        this.jar = jar;
        this.entries = entries;
    }

    /** @param header {@code Service-Component}: paths, with {@code *} in their last part */
    DeclaredServices read(String header) {
        Set<String> interfaces = new TreeSet<>();
        List<String> unreadable = new ArrayList<>();
        for (String clause : header.split(",", -1)) {
            String path = clause.split(";", 2)[0].strip().replaceAll("^/", "");
            if (path.isEmpty()) {
                continue;
            }
            List<String> files = path.contains("*") ? matching(path) : List.of(path);
            for (String file : files) {
                // a file of that name in a jar on the class path may be the one that is used
                if (Collections.frequency(entries, file) != 1 || !read(file, interfaces)) {
                    unreadable.add(file);
                }
            }
        }
        return new DeclaredServices(interfaces, unreadable);
    }

    private List<String> matching(String path) {
        String pattern = List.of(path.split("\\*", -1)).stream()
                .map(Pattern::quote)
                .reduce((before, after) -> before + "[^/]*" + after)
                .orElse("");
        return entries.stream().filter(entry -> entry.matches(pattern)).toList();
    }

    private boolean read(String file, Set<String> interfaces) {
        JarEntry entry = jar.getJarEntry(file);
        if (entry == null) {
            return false;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = jar.getInputStream(entry)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    return false;
                }
                if (event == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("provide")) {
                    String provided = reader.getAttributeValue(null, "interface");
                    interfaces.add(provided == null ? "" : provided.strip());
                }
            }
            return true;
        } catch (XMLStreamException | IOException broken) {
            return false;
        }
    }
}
