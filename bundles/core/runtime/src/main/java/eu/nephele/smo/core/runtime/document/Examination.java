// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.document;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.core.contract.plugin.PluginThreads;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.store.ResourceStore.Chosen;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import eu.nephele.smo.core.runtime.controller.ControllerRegistry;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks all stored documents of a kind when its schema, or the fields that its resources are selected by, have changed
 * since the last check: whether documents still satisfy the schema, and the present values of these fields. As long as
 * one does not, each pass checks the document of its resource, and each start checks all again.
 */
public final class Examination {

    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);
    private static final int PAGE = 100;

    private final ResourceStore store;
    private final ResourceDocumentValidator documents;
    private final ControllerRegistry controllers;
    private final Duration longest;

    /** @param longest that a controller may take to say a document of a former version */
    public Examination(
            ResourceStore store,
            ResourceDocumentValidator documents,
            ControllerRegistry controllers,
            Duration longest) {
        this.store = store;
        this.documents = documents;
        this.controllers = controllers;
        this.longest = longest;
    }

    /**
     * Takes its time; ends early when another controller is used.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException when the store is unavailable: to be retried
     */
    public void run(InstalledController installed) {
        try {
            examine(installed);
        } catch (TimeoutException late) {
            LOG.warn(
                    "check of stored documents timed out kind={} plugin=\"{}\"; converting documents takes too long",
                    installed.kind().name(),
                    installed.origin());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void examine(InstalledController installed) throws TimeoutException, InterruptedException {
        ResourceKind kind = installed.kind();
        String digest = digest(kind);
        if (store.examined(kind.name()).filter(digest::equals).isPresent()) {
            installed.fits().set(true);
            return;
        }
        int unfit = 0;
        Optional<ResourceRef> last = Optional.empty();
        List<Resource> page;
        do {
            page = store.list(
                    new ResourceQuery(kind.name(), Optional.empty(), Map.of(), Map.of(), Optional.empty(), last, PAGE));
            List<Chosen> chosen = new ArrayList<>();
            for (Resource resource : page) {
                Optional<Resource> now = fitting(resource, installed);
                unfit += now.isPresent() ? 0 : 1;
                chosen.add(new Chosen(resource.ref(), resource.generation(), by(kind, now.orElse(resource))));
            }
            if (!isAsked(installed)) {
                return;
            }
            store.choose(chosen);
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).ref());
        } while (page.size() == PAGE);
        if (unfit == 0) {
            store.examined(kind.name(), digest);
            installed.fits().set(true);
        } else {
            LOG.warn(
                    "stored documents violate the schema kind={} count={} plugin=\"{}\"",
                    kind.name(),
                    unfit,
                    installed.origin());
        }
    }

    private boolean isAsked(InstalledController installed) {
        return controllers.find(installed.kind().name()).equals(Optional.of(installed));
    }

    private static Map<String, String> by(ResourceKind kind, Resource resource) {
        return ResourceDocumentValidator.chosenBy(
                kind, new ResourceWish(resource.desired(), resource.labels(), OptionalLong.empty()));
    }

    /** Converts the document; empty when the result violates the schema, or its controller cannot convert it. */
    private Optional<Resource> fitting(Resource resource, InstalledController installed)
            throws TimeoutException, InterruptedException {
        try {
            if (resource.leaving()) {
                return Optional.of(resource);
            }
            if (resource.documentVersion() == installed.kind().documentVersion()) {
                documents.checkKept(resource, installed);
                return Optional.of(resource);
            }
            return Optional.of(upgraded(resource, installed));
        } catch (ControllerFault unfit) {
            LOG.debug("stored document is invalid resource={} reason=\"{}\"", resource.ref(), unfit.getMessage());
            return Optional.empty();
        }
    }

    /** Its controller is called on a thread that can be given up, as for a pass. */
    private Resource upgraded(Resource resource, InstalledController installed)
            throws ControllerFault, TimeoutException, InterruptedException {
        if (!isAsked(installed) || !installed.inside().enter()) {
            throw ControllerFault.leaves();
        }
        FutureTask<Resource> asked = new FutureTask<>(() -> documents.current(resource, installed));
        Runnable task = () -> {
            try {
                asked.run();
            } finally {
                installed.inside().leave();
            }
        };
        String name = "smo-controller-" + installed.kind().name() + "-documents";
        Thread thread = new Thread(PluginThreads.group(installed.bundle().getBundleId()), task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            thread.start();
        } catch (Throwable noThread) {
            installed.inside().leave();
            throw noThread;
        }
        try {
            return asked.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException thrown) {
            throw thrown.getCause() instanceof ControllerFault fault
                    ? fault
                    : ControllerFault.nonsense(installed, "failed: " + thrown.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    /** Digest of all that decides whether a document is valid, and by what a resource is selected. */
    static String digest(ResourceKind kind) {
        String text = "%d\n%s\n%s"
                .formatted(
                        kind.documentVersion(),
                        String.join("\n", kind.fields().stream().sorted().toList()),
                        kind.schema());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
