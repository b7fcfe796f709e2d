// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.ApiServers.KnownApiServer;
import eu.nephele.smo.adapters.helm.KeyedLock.Hold;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles one release on one API server under one permit: to its desired state, or to its removal. */
final class ReleaseReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseReconciler.class);
    /** Limit of attempts to clear obstacles. */
    private static final int ROUNDS = 4;

    private final KnownApiServer server;
    private final ReleaseStore store;
    private final NamespaceReconciler namespaces;
    private final HelmClient helm;
    private final HelmSettings settings;
    private final HelmJson json;
    private final Clock clock;
    private final String namespace;
    private final String name;
    private final Hold hold;

    ReleaseReconciler(
            KnownApiServer server,
            HelmClient helm,
            HelmSettings settings,
            HelmJson json,
            Clock clock,
            ReleaseName release,
            Hold hold) {
        this.server = server;
        this.store = new ReleaseStore(server);
        this.namespaces = new NamespaceReconciler(server);
        this.helm = helm;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.namespace = release.namespace();
        this.name = release.name();
        this.hold = hold;
    }

    HelmRelease ensure(DesiredRelease desiredRelease) {
        for (int round = 0; round < ROUNDS; round++) {
            List<ReleaseRevision> history = store.history(namespace, name);
            if (history.isEmpty()) {
                return install(desiredRelease);
            }
            HelmRelease release = read(history.get(0));
            if (!store.isOurs(release, desiredRelease.request().owner(), json)) {
                adopt(release, desiredRelease.request());
                continue;
            }
            if (isAsWanted(release, desiredRelease)) {
                return recorded(release, desiredRelease);
            }
            if (canUpgrade(history)) {
                return upgrade(desiredRelease);
            }
            clear(release);
        }
        throw unavailable("Install " + title() + ": a conflicting release keeps coming back", Duration.ofSeconds(5));
    }

    /** @return reason for which its namespace stays although it was ours and is empty now, for people */
    Optional<String> remove(String owner) {
        List<ReleaseRevision> history = store.history(namespace, name);
        if (!history.isEmpty()) {
            HelmRelease release = read(history.get(0));
            if (!store.isOurs(release, owner, json)) {
                LOG.info(
                        "removing release skipped release=\"{}\" owner=\"{}\"; it is foreign",
                        title(),
                        release.maker());
                return Optional.empty();
            }
            uninstall(true);
        }
        store.deleteNoteOf(namespace, name);
        return settings.removeNamespaces() ? namespaces.removeIfEmpty(namespace) : Optional.empty();
    }

    Optional<HelmRelease> find() {
        return store.history(namespace, name).stream()
                .findFirst()
                .filter(latest -> !latest.status().equals("uninstalled"))
                .map(this::read);
    }

    private HelmRelease install(DesiredRelease desiredRelease) {
        ReleaseOwnership releaseOwnership = desiredRelease.marks();
        namespaces.ensure(namespace, releaseOwnership.owner());
        store.write(releaseOwnership);
        return changed("install", desiredRelease, releaseOwnership);
    }

    private HelmRelease upgrade(DesiredRelease desiredRelease) {
        return changed("upgrade", desiredRelease, desiredRelease.marks());
    }

    private HelmRelease changed(String word, DesiredRelease desiredRelease, ReleaseOwnership releaseOwnership) {
        Map<String, String> texts = Map.of(
                Frame.NAME,
                name,
                Frame.NAMESPACE,
                namespace,
                Frame.CHART,
                desiredRelease.chart().file().toString(),
                Frame.VALUES,
                desiredRelease.values().all().toJson(),
                Frame.DESCRIPTION,
                releaseOwnership.text(),
                Frame.KUBECONFIG,
                server.kubeconfig());
        try {
            helm.change(word, hold, "%s of %s".formatted(word, title()), texts);
        } catch (AdapterException failed) {
            markFailed(releaseOwnership, failed);
            throw failed;
        }
        return label(releaseOwnership);
    }

    private HelmRelease label(ReleaseOwnership releaseOwnership) {
        List<ReleaseRevision> history = store.history(namespace, name);
        if (history.isEmpty()) {
            throw unavailable(title() + " was removed by others during its installation", Duration.ofSeconds(1));
        }
        mark(history.get(0), releaseOwnership);
        history.stream()
                .skip(settings.history())
                .filter(old -> !old.isDeployed() && !old.isPending())
                .forEach(store::delete);
        return read(history.get(0));
    }

    /** Helm writes the error in place of our description. */
    private void markFailed(ReleaseOwnership releaseOwnership, AdapterException failed) {
        if (failed.kind() == Kind.CONFLICT || failed.kind() == Kind.UNAVAILABLE) {
            return;
        }
        try {
            store.history(namespace, name).stream()
                    .findFirst()
                    .filter(latest -> !latest.isDeployed())
                    .ifPresent(latest -> store.mark(latest, releaseOwnership));
        } catch (AdapterException notLabelled) {
            failed.addSuppressed(notLabelled);
        }
    }

    /** Only the decision differs: the release itself stays, its marks are updated. */
    private HelmRelease recorded(HelmRelease release, DesiredRelease desiredRelease) {
        ReleaseOwnership told = release.releaseOwnership().orElseThrow();
        boolean labelled = release.revision().isLabelled()
                && desiredRelease
                        .request()
                        .key()
                        .toString()
                        .equals(release.revision().annotations().get(ReleaseLabels.KEY));
        if (!labelled) {
            mark(release.revision(), told.decidedBy(desiredRelease.request()));
        }
        return release;
    }

    /** Deletes the note of an install first, also of an interrupted one: a release with marks is not checked again. */
    private void mark(ReleaseRevision revision, ReleaseOwnership releaseOwnership) {
        store.deleteNote(namespace, name);
        store.mark(revision, releaseOwnership);
    }

    private boolean isAsWanted(HelmRelease release, DesiredRelease desiredRelease) {
        if (!release.is(desiredRelease.request())) {
            return false;
        }
        try {
            String chart = desiredRelease.chart().digest();
            return release.releaseOwnership()
                    .filter(it -> it.chart().equals(chart))
                    .isPresent();
        } catch (AdapterException away) {
            if (away.kind() == Kind.UNAVAILABLE || away.kind() == Kind.TIMED_OUT) {
                LOG.debug(
                        "comparing chart failed release=\"{}\" reason=\"{}\"; the release is kept",
                        title(),
                        away.getMessage());
                return true;
            }
            throw away;
        }
    }

    /** @throws AdapterException {@code CONFLICT} if it may not be adopted */
    private void adopt(HelmRelease release, InstallRequest request) {
        if (!request.adopts().contains(release.revision().fingerprint())) {
            throw new AdapterException(
                    Kind.CONFLICT,
                    HelmErrors.SYSTEM,
                    ("%s was made by %s and is left alone; apply a plan that shows it to adopt it,"
                                    + " or remove it, or rename the service")
                            .formatted(title(), release.madeBy()));
        }
        store.adopt(release.revision(), ReleaseOwnership.adopting(request));
        LOG.info("release adopted release=\"{}\" madeBy=\"{}\"", title(), release.madeBy());
    }

    /** Helm upgrades a release that was deployed once, unless a change is pending. */
    private static boolean canUpgrade(List<ReleaseRevision> history) {
        ReleaseRevision latest = history.get(0);
        boolean settled = latest.isDeployed() || latest.status().equals("failed");
        return settled && history.stream().anyMatch(ReleaseRevision::wasDeployed);
    }

    /** Removes the remains of an interrupted change, or of a failed first install. */
    private void clear(HelmRelease release) {
        ReleaseRevision latest = release.revision();
        Duration age = Duration.between(latest.since(), clock.instant());
        if (latest.isPending() && age.compareTo(settings.pending()) < 0) {
            throw unavailable(
                    "%s is being changed (%s since %d s)".formatted(title(), latest.status(), age.toSeconds()),
                    settings.pending().minus(age));
        }
        LOG.info(
                "clearing interrupted change release=\"{}\" status={} revision={}",
                title(),
                latest.status(),
                latest.number());
        if (latest.isPending() && latest.number() > 1) {
            store.delete(latest);
        } else {
            uninstall(false);
        }
    }

    private void uninstall(boolean hooks) {
        helm.change(
                "uninstall",
                hold,
                "uninstall of " + title(),
                Map.of(
                        Frame.NAME,
                        name,
                        Frame.NAMESPACE,
                        namespace,
                        Frame.HOOKS,
                        Boolean.toString(hooks),
                        Frame.KUBECONFIG,
                        server.kubeconfig()));
    }

    private HelmRelease read(ReleaseRevision revision) {
        return HelmRelease.read(revision, settings.maxReleaseBytes(), json);
    }

    private String title() {
        return "release %s/%s on %s".formatted(namespace, name, server.connection());
    }

    private static AdapterException unavailable(String message, Duration retryAfter) {
        return new AdapterException(Kind.UNAVAILABLE, HelmErrors.SYSTEM, message, Optional.of(retryAfter));
    }
}
