// SPDX-License-Identifier: Apache-2.0
/** Controllers that are there: which of several is asked, and what became of its calls. */
package eu.nephele.smo.core.runtime.controller;
