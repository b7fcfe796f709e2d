// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.core.contract.descriptor.DocumentReader;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.rules.IntentRuleFolder.FolderLook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the folder of rule files, {@code intents} beside the configurations, and offers what they define. */
@Component(service = HealthWarnings.class, immediate = true)
public final class IntentRuleFiles implements HealthWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(IntentRuleFiles.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final IntentRuleFolder folder;
    private final RuleBook book;
    private final Scheduler scheduler;

    /** As {@code YamlDocuments} takes it: what is larger need not be in memory to be refused. */
    private static final int MOST_BYTES = 1 << 20;

    /** One sentence for the folder, or for each file. */
    private volatile List<String> unreadable = List.of();

    @Activate
    public IntentRuleFiles(
            BundleContext context, @Reference DocumentReader documents, @Reference SchemaValidatorFactory schemas) {
        this(
                new IntentRuleFolder(folder(context), MOST_BYTES),
                new RuleBook(new RuleFileReader(documents, schemas), new RegisteredIntents(context)),
                new ThreadScheduler("intent-rules", 1));
    }

    /** Looks for the first time, so that graphs find their intents when the engine starts. */
    IntentRuleFiles(IntentRuleFolder folder, RuleBook book, Scheduler scheduler) {
        this.folder = folder;
        this.book = book;
        this.scheduler = scheduler;
        look(true);
        scheduler.after(LOOK, this::again);
    }

    private static Path folder(BundleContext context) {
        return Optional.ofNullable(context.getProperty("smo.etc"))
                .map(Path::of)
                .orElseGet(() -> Path.of(Optional.ofNullable(context.getProperty("smo.data"))
                                .orElse(""))
                        .resolve("etc"))
                .resolve("intents");
    }

    private void again() {
        look(false);
        scheduler.after(LOOK, this::again);
    }

    private void look(boolean first) {
        try {
            FolderLook look = folder.look(first);
            book.change(look.changed());
            unreadable(look.unreadable().entrySet().stream()
                    .map(file -> "%s cannot be read, what it said before stays in force: %s"
                            .formatted(file.getKey(), file.getValue()))
                    .toList());
        } catch (IOException | RuntimeException failed) {
            unreadable(List.of("rule files cannot be read, what they said before stays in force: " + failed));
        }
    }

    /** Logged once, though it is tried every second. */
    private void unreadable(List<String> now) {
        now.stream()
                .filter(each -> !unreadable.contains(each))
                .forEach(each -> LOG.warn("reading rule files failed reason=\"{}\"", each));
        unreadable = now;
    }

    @Override
    public String subject() {
        return "intent-rules";
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(book.warnings());
        warnings.addAll(unreadable);
        return warnings;
    }

    @Deactivate
    public void close() {
        scheduler.close();
        book.close();
    }
}
