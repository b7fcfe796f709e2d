// SPDX-License-Identifier: Apache-2.0
/** The stream of events. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.client.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
