// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Classes and methods are called as the field calls them, and no two classes of different meaning alike. */
class VocabularyTest {

    /** Words that stood for something that the field has a word for: see the glossary. */
    private static final Set<String> FOREIGN = Set.of(
            ("Alongside Ask Census Chronicle ClusterBoard Companions Conduct ConsoleDoor Courier Designs Door Doorway Endings"
                            + " Entrance FarewellFilter FolderDoor Guests Happenings Held Lane Lookup Marks Memory Mirror Pass"
                            + " Patience Place Planner Referee Repeats Rooms Seats Settled Shelf Turns Waiting Wanted Wish")
                    .split(" "));

    private static final Pattern FOREIGN_END = Pattern.compile("(Desk|Parts|Rooms?)$");

    /** Names that stand in several bundles, and why. */
    private static final Map<String, String> SHARED = Map.of(
            "Result", "nested: of an alert, and of a check of the kit; partners use both",
            "Main", "the class that a program begins with",
            "State", "nested: states of what it is nested in",
            "OwnerFenceInterceptor", "the same fence before two clients of Kubernetes, which share no bundle");

    private static final int MOST_OF = 120;
    private static final Pattern DECLARATION = Pattern.compile(
            "^\\s*(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed|strictfp) )*(?:class|interface|enum|record|@interface) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern OF = Pattern.compile("\\b(?:static )?[\\w<>\\[\\]]+ of\\([^)]*\\)\\s*\\{");

    private static final Map<String, Set<String>> BUNDLES_OF = new TreeMap<>();
    private static final List<String> METHODS_OF = new ArrayList<>();

    @BeforeAll
    static void readSources() throws IOException {
        try (Stream<Path> files = Files.walk(BundleFolder.BUNDLES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/main/java/"))
                    .toList()) {
                String source = Files.readString(file);
                String bundle = BundleFolder.BUNDLES.relativize(file).toString().replaceAll("/src/main/.*", "");
                DECLARATION
                        .matcher(source)
                        .results()
                        .map(declared -> declared.group(1))
                        .forEach(name -> BUNDLES_OF
                                .computeIfAbsent(name, any -> new TreeSet<>())
                                .add(bundle));
                OF.matcher(source)
                        .results()
                        .map(MatchResult::group)
                        .forEach(method -> METHODS_OF.add(file + ": " + method));
            }
        }
        assertThat(BUNDLES_OF)
                .containsKeys("PlacementStrategy", "GraphLifecycle")
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void noClassIsCalledByAForeignWord() {
        assertThat(BUNDLES_OF.keySet())
                .noneMatch(FOREIGN::contains)
                .noneMatch(name -> FOREIGN_END.matcher(name).find());
    }

    @Test
    void namesThatStandInSeveralBundlesHaveAReason() {
        Map<String, Set<String>> several = new TreeMap<>(BUNDLES_OF);
        several.values().removeIf(bundles -> bundles.size() < 2);
        assertThat(several.keySet()).isEqualTo(new TreeSet<>(SHARED.keySet()));
    }

    @Test
    void fewMethodsAreCalledOf() {
        assertThat(METHODS_OF).hasSizeBetween(1, MOST_OF);
    }
}
