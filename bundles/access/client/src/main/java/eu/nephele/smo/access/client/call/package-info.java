// SPDX-License-Identifier: Apache-2.0
/** Calls: requests, retries, pages, problems, and how they are transported. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.client.call;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
