// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A folder with one file per rule, {@code smo-….yml}. Prometheus never reads an incomplete file. */
public final class RuleFolder {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);
    private static final String PREFIX = "smo-";
    private static final String ENDING = ".yml";
    private static final long MAX_BYTES = 1_000_000;

    private final Path folder;
    private final String system;

    public RuleFolder(Path folder, String system) {
        this.folder = folder;
        this.system = system;
    }

    /** Returns the content of a file with this rule as its only group. */
    static byte[] content(String name, Map<String, Object> rule) {
        Map<String, Object> file = Map.of("groups", List.of(Map.of("name", name, "rules", List.of(rule))));
        return yaml().dumpAs(file, Tag.MAP, DumperOptions.FlowStyle.BLOCK).getBytes(StandardCharsets.UTF_8);
    }

    Optional<byte[]> read(String name) {
        try {
            Path file = file(name);
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw failure("read", name, unreadable);
        }
    }

    void write(String name, byte[] content) {
        Path file = file(name);
        Path draft = folder.resolve(file.getFileName() + ".new");
        try {
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw failure("written", name, unwritable);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException undeletable) {
            throw failure("deleted", name, undeletable);
        }
    }

    List<Object> rules() {
        List<Object> rules = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + ENDING)) {
            for (Path file : files) {
                rules.addAll(rules(file));
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw failure("listed", "*", unreadable);
        }
        return rules;
    }

    private static List<Object> rules(Path file) throws IOException {
        List<Object> rules = new ArrayList<>();
        if (Files.size(file) > MAX_BYTES) {
            LOG.warn("rule file skipped file={} reason=\"more than {} bytes\"; it is foreign", file, MAX_BYTES);
            return rules;
        }
        try {
            Object content = yaml().load(Files.readString(file));
            if (content instanceof Map<?, ?> members && members.get("groups") instanceof List<?> groups) {
                groups.forEach(group -> {
                    if (group instanceof Map<?, ?> one && one.get("rules") instanceof List<?> some) {
                        rules.addAll(some);
                    }
                });
            }
        } catch (YAMLException | java.nio.charset.CharacterCodingException foreign) {
            LOG.warn("rule file skipped file={} reason=\"{}\"; it is foreign", file, foreign.getMessage());
        }
        return rules;
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }

    private Path file(String name) {
        return folder.resolve(PREFIX + ShortNames.file(name) + ENDING);
    }

    private AdapterException failure(String done, String name, Exception cause) {
        return new AdapterException(
                Kind.UNAVAILABLE,
                system,
                "The rule %s cannot be %s in %s (setting rulesFolder): %s".formatted(name, done, folder, cause),
                cause);
    }
}
