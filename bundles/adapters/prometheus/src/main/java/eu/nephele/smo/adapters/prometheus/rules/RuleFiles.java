// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.adapters.prometheus.query.PrometheusApi;
import eu.nephele.smo.adapters.prometheus.rules.AlertRule.Subject;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rules of a plain Prometheus: one file each, and a reload. A rejected file is rolled back, so that Prometheus goes on
 * with its present rules, also after a restart.
 */
public final class RuleFiles implements AlertRules {

    private final RuleFolder folder;
    private final PrometheusApi prometheus;
    private final String severity;

    /** The rollback after a refusal must not overlap another change. */
    private final OwnerFence fence;

    private final ReentrantLock changing = new ReentrantLock();

    /** Flag: Prometheus has loaded the files in the folder; unknown at the start. */
    private boolean loaded;

    public RuleFiles(RuleFolder folder, PrometheusApi prometheus, String severity, OwnerFence fence) {
        this.folder = folder;
        this.prometheus = prometheus;
        this.severity = severity;
        this.fence = fence;
    }

    @Override
    public void ensure(WorkloadRef workload, EventRule rule, String owner) {
        String name = new Subject(workload, rule.id()).name();
        byte[] wanted = RuleFolder.content(name, AlertRule.render(workload, rule, owner, severity));
        alone("Write the rule " + name, () -> {
            Optional<byte[]> present = folder.read(name);
            if (loaded && present.filter(text -> Arrays.equals(text, wanted)).isPresent()) {
                return;
            }
            prometheus.check(rule.promQuery());
            change(name, Optional.of(wanted), present);
        });
    }

    @Override
    public void remove(WorkloadRef workload, String eventId) {
        String name = new Subject(workload, eventId).name();
        String what = "Remove the rule " + name;
        alone(what, () -> {
            if (!loaded || folder.read(name).isPresent()) {
                loaded = false;
                folder.delete(name);
                load(what);
            }
        });
    }

    private void alone(String what, Runnable change) {
        try {
            changing.lockInterruptibly();
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
            throw new AdapterException(
                    Kind.TIMED_OUT, prometheus.system(), what + ": interrupted while another rule was written", late);
        }
        try {
            fence.require();
            change.run();
        } finally {
            changing.unlock();
        }
    }

    private void change(String name, Optional<byte[]> wanted, Optional<byte[]> before) {
        String what = "Write the rule " + name;
        loaded = false;
        put(name, wanted);
        try {
            load(what);
        } catch (AdapterException failed) {
            putBack(name, before, failed);
            throw failed.kind() == Kind.REFUSED ? refused(what, failed) : failed;
        }
    }

    private void putBack(String name, Optional<byte[]> before, AdapterException why) {
        try {
            put(name, before);
        } catch (AdapterException stuck) {
            stuck.addSuppressed(why);
            throw new AdapterException(
                    stuck.kind(),
                    stuck.system(),
                    "%s. The rule must be removed again, because: %s".formatted(stuck.getMessage(), why.getMessage()),
                    stuck);
        }
    }

    /** Finds out whether Prometheus rejects this rule or another part of its configuration. */
    private AdapterException refused(String what, AdapterException failed) {
        try {
            load(what);
        } catch (AdapterException still) {
            failed.addSuppressed(still);
            return new AdapterException(
                    failed.kind(),
                    failed.system(),
                    failed.getMessage() + "; it rejects its configuration even without this rule: see its log",
                    failed);
        }
        return failed;
    }

    private void put(String name, Optional<byte[]> content) {
        content.ifPresentOrElse(text -> folder.write(name, text), () -> folder.delete(name));
    }

    private void load(String what) {
        prometheus.reload().ifPresent(words -> {
            throw new AdapterException(
                    Kind.REFUSED,
                    prometheus.system(),
                    "%s: %s rejected its rule files: %s".formatted(what, prometheus.system(), words));
        });
        loaded = true;
    }

    @Override
    public Map<WorkloadRef, Set<String>> owned(String owner) {
        Map<WorkloadRef, Set<String>> events = new TreeMap<>();
        folder.rules().stream()
                .flatMap(rule -> AlertRule.subject(rule, owner).stream())
                .forEach(subject -> events.computeIfAbsent(subject.workload(), any -> new TreeSet<>())
                        .add(subject.event()));
        return events;
    }
}
