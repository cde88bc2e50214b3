#!/usr/bin/env python3
"""One fuzz target on its seeds: run.py PROGRAM TARGET DATA_FOLDER CORPUS_FOLDER SECONDS

SECONDS 0: the program is a replay of the corpus. What libFuzzer finds stays in CORPUS_FOLDER."""

import pathlib
import subprocess
import sys

program, target, data, corpus, seconds = sys.argv[1:]
seeds = pathlib.Path(__file__).with_name("seeds.py")
subprocess.run([sys.executable, seeds, target, data, corpus], check=True)
command = [program, corpus]
if seconds != "0":
    command += [f"-max_total_time={seconds}", "-timeout=10", "-max_len=8192", "-print_final_stats=1",
                f"-artifact_prefix={corpus}-failed-"]
sys.exit(subprocess.run(command, check=False).returncode)
