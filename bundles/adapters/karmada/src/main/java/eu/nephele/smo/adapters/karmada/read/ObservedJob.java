// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.List;
import java.util.Optional;

/**
 * Progress of a Job on one cluster.
 *
 * @param complete whether its controller reports it complete
 * @param failure reason for which its controller gave it up; empty if it did not
 */
public record ObservedJob(int active, int succeeded, boolean complete, Optional<String> failure) {

    public static ObservedJob create(int active, int succeeded, List<JobCondition> conditions) {
        return new ObservedJob(
                active,
                succeeded,
                conditions.stream().anyMatch(condition -> is(condition, "Complete")),
                conditions.stream()
                        .filter(condition -> is(condition, "Failed"))
                        .map(condition -> "%s: %s".formatted(condition.getReason(), condition.getMessage()))
                        .findFirst());
    }

    static ObservedJob from(Job job) {
        JobStatus status = Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new);
        return create(
                Optional.ofNullable(status.getActive()).orElse(0),
                Optional.ofNullable(status.getSucceeded()).orElse(0),
                Optional.ofNullable(status.getConditions()).orElse(List.of()));
    }

    /** Returns its desired completions; 0 while it is suspended, so that no service waits for it. */
    static int completions(JobSpec spec) {
        if (Boolean.TRUE.equals(spec.getSuspend())) {
            return 0;
        }
        // without a number it is complete as soon as one pod is: its pods share a queue
        return Optional.ofNullable(spec.getCompletions()).orElse(1);
    }

    /** A completion counts as a ready replica, the last one when the controller reports completion. */
    public ReplicaCounts counts(int completions) {
        int done = complete ? completions : Math.min(succeeded, Math.max(0, completions - 1));
        return new ReplicaCounts(completions, active, Math.max(active, completions), done, done, true);
    }

    private static boolean is(JobCondition condition, String type) {
        return type.equals(condition.getType()) && "True".equals(condition.getStatus());
    }
}
