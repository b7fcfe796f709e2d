// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;

/** How wide the classes of all rooms are, plain jars included, and which of their packages need each other; read from what was compiled. */
final class Shape {

    private static final String OURS = "eu.nephele.smo.";
    private static final Pattern ARROW =
            Pattern.compile("^ +(eu\\.nephele\\.smo[\\w.]*) +-> (eu\\.nephele\\.smo[\\w.]*) ", Pattern.MULTILINE);

    /** Folders below {@code bundles} with the classes that were made of them. */
    private final Map<String, Path> rooms = new TreeMap<>();

    Shape() {
        try (Stream<Path> poms = Files.find(BundleFolder.BUNDLES, 4, (path, attributes) -> path.endsWith("pom.xml"))) {
            poms.map(Path::getParent)
                    .filter(folder -> Files.isDirectory(folder.resolve("target/classes")))
                    .forEach(folder -> rooms.put(
                            BundleFolder.BUNDLES.relativize(folder).toString().replace('\\', '/'),
                            folder.resolve("target/classes")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Set<String> rooms() {
        return rooms.keySet();
    }

    /** Constructors with more parameters than that: {@code class parameters}. What a compiler adds is not counted, nor what a record's has to have. */
    List<String> constructorsAbove(int most) {
        List<String> wide = new ArrayList<>();
        classes().forEach(one -> one.constructors.stream()
                .filter(parameters -> parameters > most)
                .forEach(parameters -> wide.add("%s %d".formatted(one.name, parameters))));
        return wide.stream().sorted().toList();
    }

    /** Records with more components than that: {@code class components}. */
    List<String> recordsAbove(int most) {
        return classes()
                .filter(one -> one.components > most)
                .map(one -> "%s %d".formatted(one.name, one.components))
                .sorted()
                .toList();
    }

    private Stream<Seen> classes() {
        return rooms.values().stream().flatMap(folder -> {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> file.toString().endsWith(".class")).map(Shape::read).toList().stream();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    private static Seen read(Path file) {
        try {
            Seen seen = new Seen();
            new ClassReader(Files.readAllBytes(file))
                    .accept(seen, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return seen;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Seen extends ClassVisitor {

        private String internalName = "";
        private String name = "";
        private int access;
        private int added;
        private int components;
        private boolean isLocal;
        private final List<Integer> constructors = new ArrayList<>();

        Seen() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int flags, String own, String signature, String parent, String[] interfaces) {
            internalName = own;
            name = own.replace('/', '.').replace('$', '.');
            access = flags;
            // its name and its ordinal
            added = (flags & Opcodes.ACC_ENUM) == 0 ? 0 : 2;
        }

        @Override
        public void visitInnerClass(String inner, String outer, String simple, int flags) {
            if (inner.equals(internalName)) {
                isLocal = outer == null;
                added += (flags & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
            }
        }

        @Override
        public RecordComponentVisitor visitRecordComponent(String component, String descriptor, String signature) {
            components++;
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String method, String descriptor, String signature, String[] exceptions) {
            if (method.equals("<init>") && (flags & Opcodes.ACC_SYNTHETIC) == 0) {
                constructors.add(Type.getArgumentTypes(descriptor).length);
            }
            return null;
        }

        @Override
        public void visitEnd() {
            constructors.replaceAll(all -> all - added);
            if (isLocal || (access & Opcodes.ACC_RECORD) != 0) {
                constructors.removeIf(parameters -> isLocal || parameters == components);
            }
        }
    }

    /** Packages of one room that need each other, by its folder; nothing of rooms without. */
    Map<String, Set<String>> circles() {
        Map<String, Set<String>> circles = new TreeMap<>();
        arrows().forEach((room, inside) -> circles.put(room, circle(inside)));
        circles.values().removeIf(Set::isEmpty);
        return circles;
    }

    /** Which packages of a room use which others of it, by its folder. */
    Map<String, Map<String, Set<String>>> arrows() {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("--ignore-missing-deps", "-verbose:package", "-filter:none"));
        rooms.values().forEach(folder -> arguments.add(folder.toString()));
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(out.toString());
        }
        Map<String, Map<String, Set<String>>> arrows = new TreeMap<>();
        Matcher matcher = ARROW.matcher(out.toString());
        while (matcher.find()) {
            String from = matcher.group(1);
            String to = matcher.group(2);
            String room = roomOf(from);
            if (!from.equals(to) && room.equals(roomOf(to))) {
                arrows.computeIfAbsent(room, any -> new TreeMap<>())
                        .computeIfAbsent(from, any -> new TreeSet<>())
                        .add(to);
            }
        }
        return arrows;
    }

    /** A bundle may lie in the folder of another room: the longest name that fits, which comes last. */
    private String roomOf(String packageName) {
        return rooms.keySet().stream()
                .filter(room -> (packageName + ".").startsWith(OURS + room.replace('/', '.') + "."))
                .reduce((shorter, longer) -> longer)
                .orElse("");
    }

    /** Packages that are left when those that need no other are taken away, and those that no other needs, again and again. */
    static Set<String> circle(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> left = new TreeMap<>();
        arrows.forEach((from, to) -> left.put(from, new TreeSet<>(to)));
        boolean smaller = true;
        while (smaller) {
            left.values().forEach(to -> to.retainAll(left.keySet()));
            Set<String> needed = new TreeSet<>();
            left.values().forEach(needed::addAll);
            smaller = left.entrySet().removeIf(one -> one.getValue().isEmpty() || !needed.contains(one.getKey()));
        }
        return left.keySet();
    }
}
