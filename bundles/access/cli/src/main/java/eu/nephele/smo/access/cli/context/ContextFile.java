// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Contexts of this user in {@code ~/.smo/config.yaml}, which only the user can read. The file is YAML of two levels; it is read by
 * lines, because a parser of YAML takes longer to load than a command to run.
 */
public record ContextFile(Path file) {

    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";
    private static final String SERVER = "server";
    private static final String PROJECT = "project";
    private static final String TOKEN_FILE = "tokenFile";

    public static ContextFile ofUser() {
        return new ContextFile(Path.of(System.getProperty("user.home"), ".smo", "config.yaml"));
    }

    /**
     * What the file has.
     *
     * @param current name of the context that is meant when none is named; "" for none
     */
    public record Contexts(String current, Map<String, SavedContext> contexts) {

        public static final Contexts NONE = new Contexts("", Map.of());

        public Contexts {
            contexts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
        }

        /**
         * The one of that name, else the current one; an empty one when there is none.
         *
         * @throws IllegalArgumentException when the named one is missing
         */
        public SavedContext meant(Optional<String> name) {
            if (name.isPresent()) {
                return Optional.ofNullable(contexts.get(name.get()))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "There is no context '%s' in ~/.smo/config.yaml; smo config contexts lists them, smo config set-context makes one"
                                        .formatted(name.get())));
            }
            return contexts.getOrDefault(current, SavedContext.EMPTY);
        }

        Contexts using(String name) {
            return new Contexts(name, contexts);
        }

        Contexts with(String name, SavedContext context) {
            Map<String, SavedContext> more = new LinkedHashMap<>(contexts);
            more.merge(name, context, SavedContext::with);
            return new Contexts(current.isEmpty() ? name : current, more);
        }

        Contexts without(String name) {
            Map<String, SavedContext> fewer = new LinkedHashMap<>(contexts);
            fewer.remove(name);
            return new Contexts(current.equals(name) ? "" : current, fewer);
        }
    }

    /** @throws IllegalArgumentException when the file cannot be read, with its line */
    public Contexts read() {
        if (Files.notExists(file)) {
            return Contexts.NONE;
        }
        try {
            return parsed(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, unreadable), unreadable);
        }
    }

    public void write(Contexts contexts) throws IOException {
        Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder, attributes(posix, "rwx------"));
        Path fresh = Files.createTempFile(folder, "config", ".new", attributes(posix, "rw-------"));
        StringBuilder text = new StringBuilder();
        line(text, "", CURRENT, contexts.current());
        text.append(CONTEXTS).append(":\n");
        contexts.contexts().forEach((name, context) -> {
            text.append("  ").append(name).append(":\n");
            context.server().ifPresent(value -> line(text, "    ", SERVER, value));
            context.project().ifPresent(value -> line(text, "    ", PROJECT, value));
            context.tokenFile().ifPresent(value -> line(text, "    ", TOKEN_FILE, value));
        });
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Contexts parsed(Iterable<String> lines) {
        String current = "";
        Map<String, SavedContext> contexts = new LinkedHashMap<>();
        String name = "";
        for (String line : lines) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int colon = text.indexOf(':');
            int indent = line.indexOf(text.charAt(0));
            if (colon < 1) {
                throw new IllegalArgumentException("%s: '%s' is no line of 'key: value'".formatted(file, text));
            }
            String key = unquoted(text.substring(0, colon));
            String value = unquoted(text.substring(colon + 1).strip());
            if (indent == 0) {
                current = key.equals(CURRENT) ? value : current;
            } else if (value.isEmpty()) {
                name = key;
                contexts.put(name, SavedContext.EMPTY);
            } else {
                contexts.merge(name, member(key, value), SavedContext::with);
            }
        }
        return new Contexts(current, contexts);
    }

    private SavedContext member(String key, String value) {
        Optional<String> said = Optional.of(value);
        return switch (key) {
            case SERVER -> new SavedContext(said, Optional.empty(), Optional.empty());
            case PROJECT -> new SavedContext(Optional.empty(), said, Optional.empty());
            case TOKEN_FILE -> new SavedContext(Optional.empty(), Optional.empty(), said);
            default ->
                throw new IllegalArgumentException(
                        "%s: a context has server, project and tokenFile, not '%s'".formatted(file, key));
        };
    }

    private static void line(StringBuilder text, String indent, String key, String value) {
        text.append(indent).append(key).append(": \"").append(value).append("\"\n");
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static FileAttribute<?>[] attributes(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
