// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.core.contract.descriptor.DocumentReader;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
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

    /** Why the folder cannot be read; "" while it can. */
    private volatile String unreadable = "";

    @Activate
    public IntentRuleFiles(
            BundleContext context, @Reference DocumentReader documents, @Reference SchemaValidatorFactory schemas) {
        this(
                new IntentRuleFolder(folder(context)),
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
            book.change(folder.look(first));
            unreadable = "";
        } catch (IOException | RuntimeException failed) {
            if (unreadable.isEmpty()) {
                LOG.warn("reading rule files failed; what they said before stays in force", failed);
            }
            unreadable = "rule files cannot be read, what they said before stays in force: " + failed.getMessage();
        }
    }

    @Override
    public String subject() {
        return "intent-rules";
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(book.warnings());
        if (!unreadable.isEmpty()) {
            warnings.add(unreadable);
        }
        return warnings;
    }

    @Deactivate
    public void close() {
        scheduler.close();
        book.close();
    }
}
