// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import eu.nephele.smo.pools.containers.hours.OpeningWindow;
import java.time.Duration;

/**
 * The autoscaler.
 *
 * @param checkInterval how often each service is looked at
 * @param hours of services without hours of their own
 */
public record AutoscalerSettings(
        Duration checkInterval, OpeningWindow hours, String logLevel, BackupSettings backup) {

    /**
     * Daily copies of the file.
     *
     * @param path folder of the copies; relative to the data folder unless it begins with a slash
     */
    public record BackupSettings(boolean enabled, String path, int retentionDays) {}
}
