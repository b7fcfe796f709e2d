// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Sums the reports of mutation testing to one score: the share of mutants that a test notices. A mutant that no test
 * reaches counts as not noticed, one that runs into the time limit as noticed.
 *
 * <p>A single file, run by {@code java MutationScore.java}, like {@link Verdict}.
 */
public final class MutationScore {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final String MUTATED = "<mutants.skip>false</mutants.skip>";
    private static final String REPORT = "target/mutants/mutations.xml";

    /** Figures of a module. */
    private record ModuleScore(String module, int mutants, int killed) {

        String line() {
            return "%-30s %5d mutants %5d killed %4.0f %%"
                    .formatted(module, mutants, killed, 100 * share(killed, mutants));
        }
    }

    private final Path root;
    private final double minimum;
    private final List<ModuleScore> scores = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> survivors = new ArrayList<>();

    /** @param minimum the lowest score that is good enough, 0 to 1 */
    MutationScore(Path root, double minimum) {
        this.root = root;
        this.minimum = minimum;
    }

    /**
     * Prints the figures of each module and of all of them. Exit status: 1 when the score is below the minimum or a
     * module has no complete report.
     *
     * @param arguments the folder of the build; the minimum, 0 to 1; a file for the list of mutants that are left
     */
    public static void main(String[] arguments) throws IOException {
        MutationScore score = new MutationScore(Path.of(arguments[0]), Double.parseDouble(arguments[1]));
        score.read();
        Files.write(Path.of(arguments[2]), score.survivors());
        System.out.print(score.text());
        System.exit(score.isGood() ? 0 : 1);
    }

    /** Reads the reports of all modules with mutants. */
    void read() throws IOException {
        Matcher modules = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (modules.find()) {
            Path module = root.resolve(modules.group(1));
            if (Files.readString(module.resolve("pom.xml")).contains(MUTATED)) {
                read(modules.group(1), module.resolve(REPORT));
            }
        }
    }

    private void read(String module, Path report) throws IOException {
        List<String> left = new ArrayList<>();
        int mutants = 0;
        int killed = 0;
        try (InputStream stream = Files.exists(report) ? Files.newInputStream(report) : InputStream.nullInputStream()) {
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            XMLStreamReader xml = factory.createXMLStreamReader(stream);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("mutation")) {
                    mutants++;
                    boolean noticed = Boolean.parseBoolean(xml.getAttributeValue(null, "detected"));
                    String status = xml.getAttributeValue(null, "status");
                    String mutant = mutant(xml);
                    if (noticed) {
                        killed++;
                    } else {
                        left.add("%s %s: %s".formatted(module, mutant, status));
                    }
                }
            }
        } catch (XMLStreamException incomplete) {
            missing.add(module);
            return;
        }
        scores.add(new ModuleScore(module, mutants, killed));
        survivors.addAll(left);
    }

    /** Class, method, line and change of a mutant; the reader is at the end of its element afterwards. */
    private static String mutant(XMLStreamReader xml) throws XMLStreamException {
        String ofClass = "";
        String method = "";
        String line = "";
        String change = "";
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("mutation")) {
                return "%s.%s:%s %s".formatted(ofClass.replaceFirst(".*\\.", ""), method, line, change);
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "mutatedClass" -> ofClass = xml.getElementText();
                    case "mutatedMethod" -> method = xml.getElementText();
                    case "lineNumber" -> line = xml.getElementText();
                    case "description" -> change = xml.getElementText();
                    default -> {
                        // of no interest
                    }
                }
            }
        }
    }

    private int mutants() {
        return scores.stream().mapToInt(ModuleScore::mutants).sum();
    }

    private int killed() {
        return scores.stream().mapToInt(ModuleScore::killed).sum();
    }

    private static double share(int killed, int mutants) {
        return mutants == 0 ? 0 : (double) killed / mutants;
    }

    /** Returns whether the score reaches the minimum and no module is missing. */
    boolean isGood() {
        return missing.isEmpty() && share(killed(), mutants()) >= minimum;
    }

    /** One line for each mutant that no test notices, in the order of the reports. */
    List<String> survivors() {
        return List.copyOf(survivors);
    }

    /** One line for each module; the last line has the sums as JSON. */
    String text() {
        StringBuilder text = new StringBuilder();
        scores.forEach(score -> text.append(score.line()).append('\n'));
        missing.forEach(module -> text.append(module).append(": has no complete report\n"));
        return text.append(String.format(
                        Locale.ROOT,
                        "{\"mutants\":%d,\"killed\":%d,\"score\":%.3f}%n",
                        mutants(),
                        killed(),
                        // rounded down: a score below the minimum never looks as if it reached it
                        Math.floor(1000 * share(killed(), mutants())) / 1000))
                .toString();
    }
}
