// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.rules.RuleBook.IntentPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentRuleFilesTest {

    private static final String ONE = "intents: [ { name: one, rules: [ { warn: a } ] } ]";

    private static final int MOST_BYTES = 10_000;

    @TempDir
    private Path parent;

    private Path folder;

    private final Map<String, List<RuleIntent>> published = new TreeMap<>();
    private final Looks looks = new Looks();
    private IntentRuleFiles files;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(parent.resolve("intents"));
        write("gold.yaml", Rules.GOLD);
        write("notes.txt", "no rules");
        files = new IntentRuleFiles(
                new IntentRuleFolder(folder, MOST_BYTES), new RuleBook(Rules.reader(), published::put), looks);
    }

    @Test
    void filesOfTheStartAreInForceAtOnce() {
        assertThat(names()).containsExactly("acme.tier");
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void aFileComesChangesAndGoesWithoutARestart() throws IOException {
        write("one.yml", ONE);
        looks.next();
        assertThat(names()).as("it may still be written").containsExactly("acme.tier");
        looks.next();
        assertThat(names()).containsExactly("acme.tier", "one");

        write("one.yml", ONE.replace("name: one", "name: other"));
        looks.next(2);
        assertThat(names()).containsExactly("acme.tier", "other");

        Files.delete(folder.resolve("one.yml"));
        looks.next();
        assertThat(names()).containsExactly("acme.tier");
    }

    @Test
    void aFileWithATypoIsRefusedAsAWholeAndTheOldOneStays() throws IOException {
        write(
                "gold.yaml",
                Rules.GOLD.replace("when: silver", "wen: silver") + "  - { name: two, rules: [ { warn: a } ] }\n");
        looks.next(2);

        assertThat(names()).containsExactly("acme.tier");
        assertThat(published.get("gold.yaml").get(0).rules()).hasSize(3);
        assertThat(files.subject()).isEqualTo("intent-rules");
        assertThat(files.warnings())
                .singleElement()
                .asString()
                .startsWith("gold.yaml is refused, what it said before stays in force: /intents/0/rules/1")
                .contains("wen")
                .contains("when");

        write("gold.yaml", Rules.GOLD);
        looks.next(2);
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void anIntentOfAnotherFileIsNotTakenAway() throws IOException {
        write("a.yaml", Rules.GOLD);
        write("b.yaml", "intents: [");
        looks.next(2);

        assertThat(published).containsOnlyKeys("gold.yaml");
        assertThat(files.warnings())
                .hasSize(2)
                .contains(
                        "a.yaml is refused, nothing of it is in force: intent acme.tier is defined by gold.yaml already");

        Files.delete(folder.resolve("gold.yaml"));
        looks.next();
        assertThat(published.get("a.yaml")).hasSize(1);
        assertThat(files.warnings()).singleElement().asString().startsWith("b.yaml");
    }

    @Test
    void aFileThatCannotBeReadKeepsWhatItSaidAndHoldsUpNoOther() throws IOException {
        Files.delete(folder.resolve("gold.yaml"));
        // it leads to itself: neither its content nor its attributes can be read
        Files.createSymbolicLink(folder.resolve("gold.yaml"), Path.of("gold.yaml"));
        write("one.yml", ONE);
        looks.next(3);
        assertThat(names()).containsExactly("acme.tier", "one");
        assertThat(files.warnings())
                .singleElement()
                .asString()
                .startsWith("gold.yaml cannot be read, what it said before stays in force: ");

        Files.delete(folder.resolve("gold.yaml"));
        looks.next();
        assertThat(names()).containsExactly("one");
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        write("gold.yaml", "#".repeat(MOST_BYTES + 1));
        looks.next(2);
        assertThat(names()).containsExactly("acme.tier");
        assertThat(files.warnings()).singleElement().asString().contains("gold.yaml has more than 10000 bytes");

        write("gold.yaml", ONE);
        looks.next(2);
        assertThat(names()).containsExactly("one");
    }

    @Test
    void aFolderThatCannotBeReadTakesNothingAway() throws IOException {
        Path away = Files.move(folder, parent.resolve("away"));
        Files.createSymbolicLink(folder, folder);
        looks.next();
        assertThat(names()).containsExactly("acme.tier");
        assertThat(files.warnings()).singleElement().asString().startsWith("rule files cannot be read");

        Files.delete(folder);
        Files.move(away, folder);
        looks.next();
        assertThat(names()).containsExactly("acme.tier");
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void aFolderThatIsGoneHasNoRules() throws IOException {
        Files.move(folder, parent.resolve("away"));
        looks.next();
        assertThat(names()).isEmpty();
    }

    @Test
    void anIntentThatSomebodyElseHandlesTooIsTold() {
        RuleBook book = new RuleBook(Rules.reader(), new IntentPublisher() {
            @Override
            public void publish(String file, List<RuleIntent> intents) {
                published.put(file, intents);
            }

            @Override
            public List<String> others(String intent) {
                return intent.equals("acme.tier") ? List.of("com.acme.tiers") : List.of();
            }
        });
        IntentRuleFiles both = new IntentRuleFiles(new IntentRuleFolder(folder, MOST_BYTES), book, new Looks());
        assertThat(both.warnings())
                .containsExactly("the intent acme.tier of gold.yaml has another handler, of com.acme.tiers: GET"
                        + " /api/v1/intents says whose counts");
    }

    @Test
    void withTheServerItsIntentsGo() {
        files.close();
        assertThat(names()).isEmpty();
    }

    private List<String> names() {
        return published.values().stream()
                .flatMap(List::stream)
                .map(RuleIntent::name)
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** A second of the server each. */
    private static final class Looks implements Scheduler {

        private final Queue<Runnable> tasks = new ArrayDeque<>();

        void next() {
            tasks.remove().run();
        }

        void next(int times) {
            for (int i = 0; i < times; i++) {
                next();
            }
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            tasks.add(task);
            return () -> tasks.remove(task);
        }

        @Override
        public void close() {
            tasks.clear();
        }
    }
}
